// The status item: what kernels are compiled for and run on, or why nothing works.

import * as vscode from "vscode";

export interface ServerStatus {
  summary?: string;
  health?: string;
}

export class StatusItem implements vscode.Disposable {
  private readonly item = vscode.languages.createLanguageStatusItem("oxide.status", { language: "rust" });

  constructor() {
    this.item.name = "Oxide";
    this.item.command = { command: "oxide.showStatus", title: "Details" };
  }

  starting(): void {
    this.say("Oxide", "starting", vscode.LanguageStatusSeverity.Information);
    this.item.busy = true;
  }

  running(): void {
    this.item.busy = false;
    this.item.detail = "";
  }

  stopped(reason: string): void {
    this.say("Oxide", reason, vscode.LanguageStatusSeverity.Error);
    this.item.command = { command: "oxide.restartServer", title: "Restart" };
  }

  show(status: ServerStatus): void {
    this.say(status.summary ?? "Oxide", "", vscode.LanguageStatusSeverity.Information);
    this.item.command = { command: "oxide.showStatus", title: "Details" };
  }

  dispose(): void {
    this.item.dispose();
  }

  private say(text: string, detail: string, severity: vscode.LanguageStatusSeverity): void {
    this.item.busy = false;
    this.item.text = text;
    this.item.detail = detail;
    this.item.severity = severity;
  }
}
