-- :checkhealth oxide

local M = {}

function M.check()
  vim.health.start('Neovim')
  if vim.fn.has('nvim-0.11') == 1 then
    vim.health.ok(tostring(vim.version()))
  else
    vim.health.error('Neovim 0.11 or newer is needed')
  end

  vim.health.start('Server')
  local command = vim.lsp.config.oxide and vim.lsp.config.oxide.cmd or { 'oxide-lsp' }
  if type(command) ~= 'table' then
    vim.health.ok('the command is a function')
  elseif vim.fn.executable(command[1]) == 0 then
    vim.health.error(command[1] .. ' is not executable', {
      'pip install the package oxide-kernels in an environment on the PATH, or',
      "vim.lsp.config('oxide', { cmd = { '/path/to/oxide-lsp' } })",
    })
  else
    vim.health.ok(table.concat(command, ' '))
  end

  local client = vim.lsp.get_clients({ name = 'oxide' })[1]
  if not client then
    vim.health.info('not running: open a Rust file that holds kernels')
    return
  end
  vim.health.ok(('running, version %s, %s positions'):format(
    client.server_info and client.server_info.version or '?', client.offset_encoding))
  local answer = client:request_sync('workspace/executeCommand', { command = 'oxide.showStatus', arguments = {} }, 5000, 0)
  if answer and answer.result then
    vim.health.ok(answer.result.summary)
    for name, worker in pairs(answer.result.workers) do
      vim.health.info(('worker %s: %s, %d restarts'):format(name, worker.running ~= '' and worker.running or 'idle', worker.restarts))
    end
    vim.health.info(('memory %.0f MB'):format(answer.result.memory_mb))
  else
    vim.health.warn('the server does not answer')
  end
end

return M
