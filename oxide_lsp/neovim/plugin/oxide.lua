-- Starts the server for Rust files and adds :Oxide. Set vim.g.oxide_enable = false to start it yourself.

if vim.g.loaded_oxide then
  return
end
vim.g.loaded_oxide = true

if vim.fn.has('nvim-0.11') == 0 then
  vim.notify('oxide needs Neovim 0.11 or newer', vim.log.levels.ERROR)
  return
end

vim.filetype.add({ extension = { ptx = 'ptx', sass = 'sass', mir = 'mir' } })

vim.api.nvim_create_user_command('Oxide', function(command)
  require('oxide').command(command.fargs)
end, {
  nargs = '+',
  desc = 'Oxide: view | run | bench | status | restart',
  complete = function(lead, line)
    return require('oxide').complete(lead, line)
  end,
})

local group = vim.api.nvim_create_augroup('oxide', {})

vim.api.nvim_create_autocmd('BufReadCmd', {
  group = group,
  pattern = 'oxide-ir:/*', -- without the slash only the last part of the name would be matched
  callback = function(event)
    require('oxide').read(event.buf, event.match)
  end,
})

vim.api.nvim_create_autocmd('LspAttach', {
  group = group,
  callback = function(event)
    local client = vim.lsp.get_client_by_id(event.data.client_id)
    if client and client.name == 'oxide' then
      require('oxide').attach(event.buf, client)
    end
  end,
})

if vim.g.oxide_enable ~= false then
  vim.lsp.enable('oxide')
end
