// open_host.js BASE_URL FOLDER EXTENSION_FOLDER TEST_MODULE: run a test module inside the extension host of a window.
const { chromium } = require("playwright-core");

(async () => {
  const [base, folder, extension, tests] = process.argv.slice(2);
  const remote = (path) => `vscode-remote://${new URL(base).host}${path}`;
  const payload = [
    ["extensionDevelopmentPath", remote(extension)],
    ["extensionTestsPath", remote(tests)],
    ["skipWelcome", "true"],
  ];
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  const page = await browser.newPage();
  let finished;
  const done = new Promise((resolve) => (finished = resolve));
  await page.exposeFunction("codeAutomationLog", (type, args) => console.log(type, JSON.stringify(args).slice(0, 400)));
  await page.exposeFunction("codeAutomationExit", (code) => finished(code));
  const query = `folder=${encodeURIComponent(folder)}&payload=${encodeURIComponent(JSON.stringify(payload))}`;
  await page.goto(`${base}/?${query}`);
  const code = await Promise.race([done, new Promise((resolve) => setTimeout(() => resolve("timeout"), 90_000))]);
  console.log("exit", code);
  await browser.close();
  process.exit(code === 0 ? 0 : 1);
})();
