// Runs inside VS Code's extension host: asks the editor's own providers what the user would be shown.
const vscode = require("vscode");
const assert = require("assert");
const fs = require("fs");

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(what, ask, ms = 30_000) {
  const end = Date.now() + ms;
  for (;;) {
    const answer = await ask();
    if (answer) {
      return answer;
    }
    assert(Date.now() < end, `timed out: ${what}`);
    await pause(100);
  }
}

const providers = (name, ...args) => vscode.commands.executeCommand(`vscode.${name}`, ...args);

async function lenses(uri) {
  const found = await providers("executeCodeLensProvider", uri, 20);
  return found.filter((lens) => lens.command && lens.command.command.startsWith("oxide."));
}

async function insert(document, line, text) {
  const edit = new vscode.WorkspaceEdit();
  edit.insert(document.uri, new vscode.Position(line, 0), text);
  await vscode.workspace.applyEdit(edit);
}

async function check(out) {
  const extension = vscode.extensions.getExtension("oxide.oxide-kernels");
  assert(extension, "the extension is installed");
  const uri = vscode.Uri.file(process.env.TEST_FILE);
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document);
  await until("lenses", async () => (await lenses(uri)).length === 2);

  await insert(document, 5, process.env.TEST_BROKEN_LINE + "\n");
  const found = await until("a diagnostic", () => {
    const all = vscode.languages.getDiagnostics(uri);
    return all.length > 0 && all;
  });
  await pause(500);
  out.diagnostics = vscode.languages
    .getDiagnostics(uri)
    .map((d) => [d.range.start.line, d.range.start.character, d.code.value ?? d.code, d.source]);
  assert.strictEqual(found.length, 1, "shown once");
  await vscode.commands.executeCommand("undo");
  await until("the diagnostic goes", () => vscode.languages.getDiagnostics(uri).length === 0);

  const hovers = await until("a hover with PTX", async () => {
    const shown = await providers("executeHoverProvider", uri, new vscode.Position(4, 8));
    const text = shown.flatMap((hover) => hover.contents.map((part) => part.value)).join("\n");
    return text.includes(".entry") && text;
  });
  out.hover = hovers;

  const symbols = await providers("executeDocumentSymbolProvider", uri);
  out.symbols = (symbols ?? []).map((symbol) => symbol.name);
  const whole = new vscode.Range(0, 0, document.lineCount, 0);
  out.hints = ((await providers("executeInlayHintProvider", uri, whole)) ?? []).map((hint) => hint.label);
  const tokens = await providers("provideDocumentSemanticTokens", uri);
  out.tokens = tokens ? tokens.data.length / 5 : 0;

  const [run] = await lenses(uri);
  out.before = run.command.title;
  out.run = await vscode.commands.executeCommand(run.command.command, ...run.command.arguments);
  out.after = (await until("the result in the lens", async () => {
    const [lens] = await lenses(uri);
    return lens.command.title.includes("·") && lens;
  })).command.title;

  await vscode.commands.executeCommand("oxide.viewStage", uri.toString(), "saxpy", "ptx");
  const view = await until("the PTX beside", () =>
    vscode.window.visibleTextEditors.find((editor) => editor.document.uri.scheme === "oxide-ir"));
  out.view = { language: view.document.languageId, text: view.document.getText(), column: view.viewColumn };

  await insert(document, 8, "        let _edit = 1;\n");
  out.stale = (await until("the stale mark", async () => {
    const [lens] = await lenses(uri);
    return lens.command.title.includes("stale") && lens;
  })).command.title;
}

exports.run = async () => {
  const out = {};
  try {
    await check(out);
    out.ok = true;
  } catch (error) {
    out.error = String((error && error.stack) || error);
  }
  fs.writeFileSync(process.env.TEST_RESULT, JSON.stringify(out, undefined, 1));
  assert(out.ok, out.error);
};
