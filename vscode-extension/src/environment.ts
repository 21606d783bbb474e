// Where the server comes from: a configured command, the extension's own Python environment, the PATH, or an
// environment made now. The server is of the extension's own version, so the two always fit.

import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";

const run = promisify(execFile);
const PACKAGE = "oxide-kernels";
const MINIMUM_PYTHON = [3, 11];

/** The command line that starts the server; throws an Error worded for the user. */
export async function findServer(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Promise<string[]> {
  const settings = vscode.workspace.getConfiguration("oxide.server");
  const configured = settings.get<string>("path", "");
  if (configured !== "" && vscode.workspace.isTrusted) {
    return [configured];
  }
  const version = String(context.extension.packageJSON.version);
  const home = vscode.Uri.joinPath(context.globalStorageUri, `python-${version}`).fsPath;
  const own = inEnvironment(home, "oxide-lsp");
  if (existsSync(own)) {
    return [own];
  }
  const python = vscode.workspace.isTrusted ? settings.get<string>("python", "") : "";
  for (const command of [...(python !== "" ? [[python, "-m", "oxide_lsp"]] : []), ["oxide-lsp"]]) {
    if (await answersVersion(command, version)) {
      log.info(`using ${command.join(" ")}`);
      return command;
    }
  }
  await makeEnvironment(context, home, python, version, log);
  return [own];
}

async function answersVersion(command: string[], version: string): Promise<boolean> {
  try {
    const { stdout } = await run(command[0], [...command.slice(1), "--version"], { timeout: 20_000 });
    return stdout.trim().endsWith(version);
  } catch {
    return false;
  }
}

async function makeEnvironment(
  context: vscode.ExtensionContext,
  home: string,
  configured: string,
  version: string,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const base = await findPython(configured);
  const progress = { location: vscode.ProgressLocation.Notification, title: "Oxide: preparing its Python environment" };
  await vscode.window.withProgress(progress, async (report) => {
    await vscode.workspace.fs.createDirectory(context.globalStorageUri);
    report.report({ message: "creating the environment" });
    await step(log, base, ["-m", "venv", "--clear", home]);
    report.report({ message: "installing the compiler" });
    await step(log, inEnvironment(home, "python"), [
      "-m", "pip", "install", "--disable-pip-version-check", bundledWheel(context) ?? `${PACKAGE}==${version}`,
    ]);
  });
}

async function step(log: vscode.LogOutputChannel, command: string, args: string[]): Promise<void> {
  log.info(`${command} ${args.join(" ")}`);
  try {
    const { stdout } = await run(command, args, { maxBuffer: 1 << 24 });
    log.info(stdout);
  } catch (error) {
    const said = error as { stderr?: string; message: string };
    log.error(said.stderr ?? said.message);
    const last = (said.stderr ?? said.message).trim().split("\n").pop() ?? "";
    throw new Error(`\`${args.slice(0, 3).join(" ")}\` failed: ${last}`);
  }
}

async function findPython(configured: string): Promise<string> {
  const names = ["python3", "python3.13", "python3.12", "python3.11", "python"];
  for (const name of configured !== "" ? [configured] : names) {
    try {
      const { stdout } = await run(name, ["-c", "import sys; print(*sys.version_info[:2])"], { timeout: 20_000 });
      const [major, minor] = stdout.trim().split(" ").map(Number);
      if (major === MINIMUM_PYTHON[0] && minor >= MINIMUM_PYTHON[1]) {
        return name;
      }
    } catch {
      continue;
    }
  }
  throw new Error(
    `no Python ${MINIMUM_PYTHON.join(".")} or newer was found; install one, or name it in the setting oxide.server.python`,
  );
}

function bundledWheel(context: vscode.ExtensionContext): string | undefined {
  const folder = path.join(context.extensionPath, "wheel");
  const name = existsSync(folder) ? readdirSync(folder).find((file) => file.endsWith(".whl")) : undefined;
  return name !== undefined ? path.join(folder, name) : undefined;
}

function inEnvironment(home: string, name: string): string {
  return process.platform === "win32" ? path.join(home, "Scripts", `${name}.exe`) : path.join(home, "bin", name);
}
