// ui_tests.js URL SCREENSHOT: what a person sees; prints one JSON object.
const { chromium } = require("playwright-core");

async function goto(page, place) {
  const asked = page.locator(".quick-input-widget:visible");
  await page.keyboard.press("Control+g");
  await asked.waitFor();  // a busy machine: keys pressed before it is there would go into the text
  await page.keyboard.type(place);
  await asked.getByText(`line ${place.split(":")[0]}`, { exact: false }).first().waitFor();
  await page.keyboard.press("Enter");
  await asked.waitFor({ state: "detached" });
}

(async () => {
  const [url, screenshot] = process.argv.slice(2);
  const out = {};
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
  const page = await browser.newPage({ viewport: { width: 1360, height: 720 } });
  try {
    await page.goto(url);
    await page.locator(".explorer-folders-view .monaco-list-row", { hasText: "k.rs" }).dblclick();
    await page.waitForSelector(".codelens-decoration a", { timeout: 60_000 });
    out.lenses = await page.locator(".codelens-decoration a").allInnerTexts();

    await page.locator(".codelens-decoration a").first().click();
    await page.locator(".codelens-decoration a", { hasText: "·" }).first().waitFor({ timeout: 60_000 });
    await page.waitForFunction(
      () => [...document.querySelectorAll(".codelens-decoration a")].some((a) => /Run · (?!.*(running|compiling))/.test(a.textContent)),
      undefined, { timeout: 60_000 });
    out.result = await page.locator(".codelens-decoration a").first().innerText();

    await goto(page, "5:8");
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+i");
    await page.waitForSelector(".monaco-hover:not(.hidden) .hover-contents");
    await page.waitForTimeout(2500);
    out.hover = (await page.locator(".monaco-hover:not(.hidden) .hover-contents").allInnerTexts()).join("\n");
    await page.keyboard.press("Escape");

    await goto(page, "5:200");
    await page.keyboard.press("Enter");
    await page.keyboard.type("let n: u32 = true;", { delay: 10 });
    await page.waitForSelector(".squiggly-error", { timeout: 30_000 });
    out.squiggle = true;
    await page.locator(".codelens-decoration a", { hasText: "stale" }).first().waitFor({ timeout: 20_000 });
    out.stale = await page.locator(".codelens-decoration a").first().innerText();
    await page.keyboard.press("Control+Shift+m");
    await page.waitForSelector(".markers-panel .monaco-list-row");
    out.problems = await page.locator(".markers-panel .monaco-list-row").allInnerTexts();
    await page.keyboard.press("Control+Shift+m");
    await page.locator(".monaco-editor .view-lines").first().click();
    await goto(page, "5:8");
    await page.keyboard.press("F1");
    await page.waitForTimeout(300);
    await page.keyboard.type("Oxide: View");
    await page.waitForTimeout(800);
    out.palette = (await page.locator(".quick-input-list .monaco-list-row").allInnerTexts()).slice(0, 2);
    await page.keyboard.press("Enter");
    await page.waitForTimeout(600);
    await page.keyboard.type("ptx");
    await page.waitForTimeout(300);
    await page.keyboard.press("Enter");
    await page.waitForSelector(".tab", { timeout: 20_000 });
    await page.locator(".tab", { hasText: "ptx" }).first().waitFor({ timeout: 20_000 });
    await page.locator(".editor-group-container").nth(1).getByText(".entry", { exact: false }).first()
      .waitFor({ timeout: 20_000 });
    await page.keyboard.press("Control+b");
    await page.locator(".monaco-editor .view-lines").first().click();
    await page.waitForTimeout(1500);
    await page.screenshot({ path: screenshot });

    await goto(page, "6:1");
    await page.keyboard.press("Control+Shift+K");
    await page.waitForSelector(".squiggly-error", { state: "detached", timeout: 20_000 });
    await page.waitForTimeout(1500);
    await goto(page, "9:24");
    await page.keyboard.press("Control+k");
    await page.keyboard.press("Control+i");
    await page.locator(".monaco-hover:not(.hidden) .hover-contents", { hasText: "fma.rn.f32" }).first()
      .waitFor({ timeout: 20_000 });
    out.lineHover = (await page.locator(".monaco-hover:not(.hidden) .hover-contents").allInnerTexts()).join("\n");
    await page.waitForTimeout(500);
    await page.screenshot({ path: screenshot.replace(/\.png$/, "-hover.png") });
    out.ok = true;
  } catch (error) {
    out.error = String(error).slice(0, 600);
    await page.screenshot({ path: screenshot });
  }
  console.log(JSON.stringify(out));
  await browser.close();
  process.exit(out.ok ? 0 : 1);
})();
