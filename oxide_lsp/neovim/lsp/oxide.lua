-- Configuration of the server for vim.lsp.enable('oxide'). Override with vim.lsp.config('oxide', { ... }).

---@type vim.lsp.Config
return {
  cmd = { 'oxide-lsp' },
  filetypes = { 'rust' },
  root_markers = { 'Cargo.toml', '.git' },
  capabilities = {
    workspace = { codeLens = { refreshSupport = true } },
  },
  init_options = {},
  before_init = function(params, config)
    local options = vim.tbl_extend('force', {}, config.settings and config.settings.oxide or {})
    -- what rust-analyzer shows already, this server leaves to it (the setting features.generic.enable)
    options.rustAnalyzer = require('oxide').has_rust_analyzer()
    params.initializationOptions = vim.tbl_extend('force', options, config.init_options or {})
  end,
  handlers = {
    ['oxide/status'] = function(_, status)
      vim.g.oxide_status = status.summary
      return vim.NIL
    end,
    ['oxide/contentChanged'] = function(_, params)
      require('oxide').reload(params.uri)
      return vim.NIL
    end,
    ['workspace/codeLens/refresh'] = function(_, _, context)
      require('oxide').refresh_lenses(context.client_id)
      return vim.NIL
    end,
    ['window/showDocument'] = function(err, params, context)
      if vim.startswith(params.uri, 'oxide-ir:') then
        require('oxide').open_beside(params.uri)
        return { success = true }
      end
      return vim.lsp.handlers['window/showDocument'](err, params, context)
    end,
  },
}
