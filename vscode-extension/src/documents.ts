// The virtual documents (MIR, LLVM IR, PTX of a kernel), for servers or clients without workspace/textDocumentContent.

import * as vscode from "vscode";
import type { LanguageClient } from "vscode-languageclient/node";

export const DOCUMENT_SCHEME = "oxide-ir";

interface Content {
  text: string;
  language: string;
}

export class ServerDocuments implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  private readonly parts: vscode.Disposable[] = [this.changed];
  readonly onDidChange = this.changed.event;

  constructor(private readonly client: LanguageClient) {
    // vscode-languageclient provides the documents itself where the server offers textDocumentContent.
    const isProvided = client.initializeResult?.capabilities.workspace?.textDocumentContent !== undefined;
    if (!isProvided) {
      this.parts.push(
        vscode.workspace.registerTextDocumentContentProvider(DOCUMENT_SCHEME, this),
        client.onNotification("oxide/contentChanged", (params: { uri: string }) =>
          this.changed.fire(vscode.Uri.parse(params.uri)),
        ),
      );
    }
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    const content = await this.client.sendRequest<Content>("oxide/content", { uri: uri.toString() }, token);
    return content.text;
  }

  dispose(): void {
    this.parts.forEach((part) => part.dispose());
  }
}
