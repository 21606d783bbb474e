-- What Neovim needs beyond its own LSP client: the :Oxide command, virtual documents, lenses that refresh.

local M = {}

local CONTENT_TIMEOUT_MS = 15000
local COMMANDS = { 'view', 'run', 'bench', 'status', 'restart' }
local STAGES = { 'ptx', 'llvm', 'llvm-opt', 'mir', 'dialect-mir', 'dialect-llvm', 'sass', 'hir', 'ast' }

local function client_of(buffer)
  local client = vim.lsp.get_clients({ name = 'oxide', bufnr = buffer })[1] or vim.lsp.get_clients({ name = 'oxide' })[1]
  if not client then
    vim.notify('Oxide: the server is not running here (see :checkhealth oxide)', vim.log.levels.WARN)
  end
  return client
end

function M.has_rust_analyzer()
  for _, name in ipairs({ 'rust_analyzer', 'rust-analyzer' }) do
    if #vim.lsp.get_clients({ name = name }) > 0 then
      return true
    end
    if vim.lsp.is_enabled and vim.lsp.is_enabled(name) then
      return true
    end
  end
  return false
end

-- ---------------------------------------------------------------- lenses

function M.attach(buffer, client)
  local function refresh()
    vim.lsp.codelens.refresh({ bufnr = buffer })
  end
  vim.api.nvim_create_autocmd({ 'BufEnter', 'InsertLeave', 'TextChanged' }, {
    group = vim.api.nvim_create_augroup('oxide_lens_' .. buffer, {}),
    buffer = buffer,
    callback = refresh,
  })
  refresh()
  if client:supports_method('textDocument/inlayHint') and vim.g.oxide_inlay_hints ~= false then
    vim.lsp.inlay_hint.enable(true, { bufnr = buffer })
  end
end

function M.refresh_lenses(client_id)
  for _, buffer in ipairs(vim.lsp.get_buffers_by_client_id(client_id)) do
    vim.lsp.codelens.refresh({ bufnr = buffer })
  end
end

-- ---------------------------------------------------------------- virtual documents

function M.read(buffer, uri)
  local client = client_of(buffer)
  local lines, language = { '// the Oxide server is not running' }, 'ptx'
  if client then
    local answer, err = client:request_sync('oxide/content', { uri = uri }, CONTENT_TIMEOUT_MS, buffer)
    if answer and answer.result then
      lines, language = vim.split(answer.result.text, '\n', { plain = true }), answer.result.language
    else
      lines = { '// no answer: ' .. tostring(err or vim.inspect(answer)) }
    end
  end
  vim.bo[buffer].modifiable = true
  vim.api.nvim_buf_set_lines(buffer, 0, -1, false, lines)
  vim.bo[buffer].buftype = 'nofile'
  vim.bo[buffer].modified = false
  vim.bo[buffer].modifiable = false
  vim.bo[buffer].swapfile = false
  if vim.bo[buffer].filetype ~= language then
    vim.bo[buffer].filetype = language
  end
end

function M.reload(uri)
  local buffer = vim.fn.bufnr('^' .. vim.fn.escape(uri, '*?[]{}\\,') .. '$')
  local client = buffer >= 0 and vim.api.nvim_buf_is_loaded(buffer) and client_of(buffer)
  if not client then
    return
  end
  client:request('oxide/content', { uri = uri }, function(_, content)
    if content and vim.api.nvim_buf_is_loaded(buffer) then
      vim.bo[buffer].modifiable = true
      vim.api.nvim_buf_set_lines(buffer, 0, -1, false, vim.split(content.text, '\n', { plain = true }))
      vim.bo[buffer].modified = false
      vim.bo[buffer].modifiable = false
    end
  end, buffer)
end

function M.open_beside(uri)
  local source = vim.api.nvim_get_current_win()
  local shown = vim.fn.bufwinid('^' .. vim.fn.escape(uri, '*?[]{}\\,') .. '$')
  if shown < 0 then
    vim.cmd('vertical rightbelow split ' .. vim.fn.fnameescape(uri))
  end
  vim.api.nvim_set_current_win(source)
end

-- ---------------------------------------------------------------- :Oxide

local function execute(command, arguments, on_answer)
  local client = client_of(0)
  if not client then
    return
  end
  client:request('workspace/executeCommand', { command = command, arguments = arguments }, function(err, answer)
    if err then
      vim.notify('Oxide: ' .. err.message, vim.log.levels.ERROR)
    elseif on_answer then
      on_answer(answer)
    end
  end, 0)
end

-- the kernel named, or the one under the cursor (the server takes a line number)
local function which(name)
  return { vim.uri_from_bufnr(0), name or (vim.api.nvim_win_get_cursor(0)[1] - 1) }
end

local function say(answer)
  local level = answer.state == 'failed' and vim.log.levels.ERROR or vim.log.levels.INFO
  vim.notify(('Oxide: %s: %s'):format(answer.kernel or 'kernel', answer.summary or answer.state), level)
end

local actions = {
  run = function(name)
    execute('oxide.runKernel', which(name), say)
  end,
  bench = function(name)
    execute('oxide.benchKernel', which(name), say)
  end,
  view = function(stage, name)
    local arguments = which(name)
    arguments[3] = stage or 'ptx'
    execute('oxide.viewStage', arguments, function(answer)
      if answer.state == 'failed' then
        say(answer)
      end
    end)
  end,
  status = function()
    execute('oxide.showStatus', {}, function(status)
      vim.notify(vim.inspect(status))
    end)
  end,
  restart = function()
    execute('oxide.restartWorkers', {}, function()
      vim.notify('Oxide: the worker processes were restarted')
    end)
  end,
}

function M.command(arguments)
  local action = actions[arguments[1]]
  if not action then
    vim.notify('Oxide: one of ' .. table.concat(COMMANDS, ', '), vim.log.levels.ERROR)
    return
  end
  action(unpack(arguments, 2))
end

function M.complete(lead, line)
  local words = vim.split(line, '%s+')
  local choices = #words <= 2 and COMMANDS or (words[2] == 'view' and #words == 3 and STAGES or {})
  return vim.tbl_filter(function(choice)
    return vim.startswith(choice, lead)
  end, choices)
end

return M
