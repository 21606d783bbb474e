// The VS Code side: starts the language server, shows its documents beside the source and its state in the status bar.
//
// Everything a kernel author sees comes from the server by standard LSP; what is here is what only VS Code can do:
// finding or making a Python environment, placing documents, filling in the arguments of palette commands.

import * as vscode from "vscode";
import {
  LanguageClient,
  type ExecuteCommandSignature,
  type LanguageClientOptions,
  type ServerOptions,
  State,
} from "vscode-languageclient/node";
import { DOCUMENT_SCHEME, ServerDocuments } from "./documents";
import { findServer } from "./environment";
import { StatusItem, type ServerStatus } from "./status";

const STAGES = ["ptx", "llvm", "llvm-opt", "mir", "dialect-mir", "dialect-llvm", "sass"];
const RUST_ANALYZER = "rust-lang.rust-analyzer";

let client: LanguageClient | undefined;
let output: vscode.LogOutputChannel;
let status: StatusItem;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  output = vscode.window.createOutputChannel("Oxide Language Server", { log: true });
  status = new StatusItem();
  context.subscriptions.push(
    output,
    status,
    vscode.commands.registerCommand("oxide.restartServer", () => restart(context)),
    vscode.commands.registerCommand("oxide.showLog", () => output.show()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => restart(context)),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration("oxide.server")) {
        void restart(context);
      }
    }),
  );
  await start(context);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function restart(context: vscode.ExtensionContext): Promise<void> {
  const old = client;
  client = undefined;
  await old?.dispose();
  await start(context);
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  status.starting();
  try {
    const command = await findServer(context, output);
    client = newClient(command);
    client.onDidChangeState((change) => {
      if (change.newState === State.Stopped) {
        status.stopped("the server stopped");
      }
    });
    client.onNotification("oxide/status", (found: ServerStatus) => status.show(found));
    await client.start();
    const documents = new ServerDocuments(client);
    context.subscriptions.push(documents);
    status.running();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    output.error(message);
    status.stopped(message);
    const choice = await vscode.window.showErrorMessage(`Oxide: ${message}`, "Show Log", "Try Again");
    if (choice === "Show Log") {
      output.show();
    } else if (choice === "Try Again") {
      await restart(context);
    }
  }
}

function newClient(command: string[]): LanguageClient {
  const server: ServerOptions = { command: command[0], args: [...command.slice(1), "--stdio"] };
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "rust" },
      { scheme: "untitled", language: "rust" },
      { scheme: DOCUMENT_SCHEME },
    ],
    initializationOptions: {
      ...vscode.workspace.getConfiguration("oxide"),
      rustAnalyzer: vscode.extensions.getExtension(RUST_ANALYZER) !== undefined,
      isTrusted: vscode.workspace.isTrusted,
    },
    outputChannel: output,
    traceOutputChannel: vscode.window.createOutputChannel("Oxide LSP Trace", { log: true }),
    middleware: {
      executeCommand,
      window: {
        showDocument: async (params, token, next) => {
          const uri = vscode.Uri.parse(params.uri);
          if (uri.scheme !== DOCUMENT_SCHEME) {
            return next(params, token);
          }
          await showBeside(uri);
          return { success: true };
        },
      },
    },
  };
  return new LanguageClient("oxide", "Oxide", server, options);
}

// Commands come from lenses with their arguments, from the palette with none: then the cursor says which kernel.
async function executeCommand(command: string, args: unknown[], next: ExecuteCommandSignature): Promise<unknown> {
  const editor = vscode.window.activeTextEditor;
  if (args.length === 0 && editor !== undefined) {
    if (["oxide.runKernel", "oxide.benchKernel", "oxide.checkKernel"].includes(command)) {
      args = [editor.document.uri.toString(), editor.selection.active.line];
    } else if (command === "oxide.viewStage") {
      const stage = await vscode.window.showQuickPick(STAGES, { placeHolder: "Which form of the kernel?" });
      if (stage === undefined) {
        return undefined;
      }
      args = [editor.document.uri.toString(), editor.selection.active.line, stage];
    }
  }
  const answer: unknown = await next(command, args);
  if (command === "oxide.showStatus") {
    await showStatus(answer);
  } else if (isOutcome(answer) && answer.state === "done" && answer.summary !== undefined) {
    vscode.window.setStatusBarMessage(`$(check) ${answer.kernel}: ${answer.summary}`, 8000);
  }
  return answer;
}

interface Outcome {
  state: string;
  kernel?: string;
  summary?: string;
}

function isOutcome(answer: unknown): answer is Outcome {
  return typeof answer === "object" && answer !== null && "state" in answer;
}

async function showBeside(uri: vscode.Uri): Promise<void> {
  const document = await vscode.workspace.openTextDocument(uri);
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    preserveFocus: true,
    preview: true,
  });
}

async function showStatus(answer: unknown): Promise<void> {
  const content = JSON.stringify(answer, undefined, 2);
  const document = await vscode.workspace.openTextDocument({ content, language: "json" });
  await vscode.window.showTextDocument(document, { preview: true });
}
