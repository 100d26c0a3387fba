// Drives the page: drive.js WORK MAIL ADDRESS; one line a claim, as benchmarks/web says.
"use strict";
const fs = require("fs");
const http = require("http");
const path = require("path");

const [work, mail, addressFile] = process.argv.slice(2);
const { chromium } = require(path.resolve(work, "node_modules/playwright-core"));
const axe = fs.readFileSync(path.join(work, "node_modules/axe-core/axe.min.js"), "utf8");
const { url, token } = JSON.parse(fs.readFileSync(addressFile, "utf8"));
const inbox = path.join(mail, "vpopmail/domains/example.org/anna/Maildir");

let failures = 0;
function check(claim, holds, detail = "") {
  console.log((holds ? "pass  " : "FAIL  ") + claim);
  if (!holds) {
    failures++;
    console.log("      " + String(detail).slice(0, 1500));
  }
}

/** The files of the live INBOX that have these words in them. */
function live(words) {
  return ["cur", "new"]
    .flatMap((part) => fs.readdirSync(path.join(inbox, part)).map((name) => path.join(inbox, part, name)))
    .filter((file) => fs.statSync(file).size < 1 << 20 && fs.readFileSync(file, "utf8").includes(words));
}

async function open(browser, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, ...options });
  const page = await context.newPage();
  page.trouble = [];
  page.on("request", (request) => request.url().startsWith(url) || page.trouble.push(request.url()));
  page.on("pageerror", (error) => page.trouble.push(String(error)));
  page.on("console", (line) => line.type() === "error" && !/401/.test(line.text()) && page.trouble.push(line.text()));
  page.on("dialog", (dialog) => {
    page.trouble.push("dialog " + dialog.message());
    dialog.dismiss();
  });
  page.setDefaultTimeout(15000);
  return page;
}

async function logIn(page) {
  await page.goto(url + "login#" + token);
  await page.waitForSelector("h1:has-text('Overview')");
}

async function shoot(page, name) {
  await page.waitForTimeout(150);
  await page.screenshot({ path: path.join(work, name + ".png") });
}

async function accessible(page, what) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => globalThis.axe.run());
  const bad = result.violations.filter((found) => ["serious", "critical"].includes(found.impact));
  check("axe finds nothing serious: " + what, bad.length === 0,
    bad.map((found) => found.id + ": " + found.nodes.map((node) => node.html.slice(0, 150)).slice(0, 3).join(" | ")).join("\n      "));
}

async function byMouse(browser) {
  const page = await open(browser);
  const first = await page.goto(url);
  check("without a token only the page to log in is shown", first.status() === 401 && !(await page.content()).includes("Snapshots"));
  await accessible(page, "log-in");
  await shoot(page, "login-light");
  await logIn(page);
  check("the address of the terminal logs in and leaves no token behind", !page.url().includes(token), page.url());
  await page.waitForSelector("html[data-drawn]");
  check("charts are drawn", (await page.locator(".plot canvas").count()) === 2);
  await accessible(page, "overview");
  await shoot(page, "overview-light");
  await page.click("nav >> text=Mailboxes");
  await shoot(page, "mailboxes-light");
  await page.click("text=anna@example.org");
  await accessible(page, "mailbox");
  await shoot(page, "mailbox-light");

  await page.click("text=Deleted since");
  await page.waitForSelector("h2:has-text('Deleted')");
  const deleted = await page.locator("ul.messages").innerText();
  check("deleted messages are listed", deleted.includes("The contract that went missing") && deleted.includes("deleted before"), deleted);
  await shoot(page, "deleted-light");
  await page.click("text=The contract that went missing");
  check("the message is shown", (await page.locator("pre.text").innerText()).includes("the signed contract is attached"));
  await accessible(page, "message");
  await shoot(page, "message-light");
  const download = page.waitForEvent("download");
  await page.click("text=Download (.eml)");
  const eml = fs.readFileSync(await (await download).path(), "utf8");
  check("it is downloaded as it was", eml.includes("X-Kind: contract") && eml.startsWith("Return-Path:"));
  check("it is not in the Maildir", live("the signed contract is attached").length === 0);
  await page.click("text=Recover this message");
  await page.waitForSelector("text=Nothing was written");
  check("the dry run shows it and writes nothing",
    (await page.locator("tbody").innerText()).includes("The contract that went missing") && live("the signed contract is attached").length === 0);
  await accessible(page, "recovery");
  await shoot(page, "recover-light");
  await page.click("button:has-text('Recover 1 message')");
  await page.waitForSelector("text=came back");
  const back = live("the signed contract is attached");
  check("it is in the Maildir again", back.length === 1 && fs.readFileSync(back[0], "utf8") === eml, back);

  await page.goto(url + "snapshots");
  check("the calendar has three snapshots", (await page.locator(".calendar a[aria-current]").innerText()).includes("3"));
  await accessible(page, "calendar");
  await shoot(page, "calendar-light");
  await page.locator("text=What changed").nth(1).click();
  const differences = await page.locator("main").innerText();
  check("differences tell what was deleted, added and flagged",
    ["The contract that went missing", "deleted", "added", "flagged"].every((word) => differences.includes(word)), differences);
  await accessible(page, "differences");
  await shoot(page, "diff-light");

  await page.goto(url + "search?q=invoice&mailbox=anna@example.org");
  check("the search finds words", (await page.locator("ul.messages li").count()) > 5);
  await accessible(page, "search");
  await shoot(page, "search-light");

  await page.goto(url + "mailboxes");
  await page.click("text=anna@example.org");
  const began = Date.now();
  await page.click("text=Archive.2026");
  await page.waitForSelector("text=of 10,050");
  console.log(`      a folder of 10,050 messages was shown in ${Date.now() - began} ms`);
  const rows = await page.locator("ul.messages li").count();
  check("ten thousand messages come in pages", rows <= 200 && rows > 50, rows);
  await page.click("a[rel=next]");
  await page.waitForSelector("text=101 to 200");
  const zip = page.waitForEvent("download");
  await page.click(".folders >> text=Sent");
  await page.click("text=Download folder (.zip)");
  check("a folder is downloaded", fs.readFileSync(await (await zip).path()).subarray(0, 2).toString() === "PK");
  check("nothing foreign was asked for, and nothing went wrong", page.trouble.length === 0, page.trouble);
  await page.context().close();
}

async function hostile(browser) {
  const page = await open(browser);
  await logIn(page);
  await page.goto(url + "search?q=hostile");
  const links = await page.locator("ul.messages a").evaluateAll((all) => all.map((one) => one.href));
  check("hostile messages are found", links.length === 4, links);
  for (const link of links) {
    const began = Date.now();
    await page.goto(link);
    const took = Date.now() - began;
    await page.locator("details").evaluateAll((all) => all.forEach((one) => (one.open = true)));
    await page.waitForTimeout(200);
    const title = await page.locator("h1").innerText();
    check(`${title.slice(0, 26)} does no harm (${took} ms)`,
      (await page.evaluate(() => window.pwned)) === undefined && page.trouble.length === 0, page.trouble);
    if (title.includes("HTML")) {
      await shoot(page, "hostile-light");
      await accessible(page, "a hostile message");
    }
  }
  await page.context().close();
}

/** A page of another origin, in a browser that is logged in, and that even knows the form's word. */
async function foreigner(browser) {
  const page = await open(browser);
  await logIn(page);
  const word = await page.locator("input[name=form]").first().getAttribute("value");
  await page.goto(url + "search?q=second+thing");
  const message = await page.locator("ul.messages a").first().getAttribute("href");
  const recover = new URL(message.replace("/message", "/recover"), url);
  const fields = [...recover.searchParams].map(([name, value]) => `<input name="${name}" value="${value}">`).join("");
  const server = http.createServer((_, answer) => {
    answer.setHeader("Content-Type", "text/html");
    answer.end(`<form method=post action="${url}recover">${fields}<input name=form value="${word}"><button>go</button></form>`);
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  for (const host of ["127.0.0.1", "localhost"]) {
    await page.goto(`http://${host}:${server.address().port}/`);
    const got = await page.evaluate(async ([base, target]) => {
      const out = [];
      for (const how of [{}, { mode: "no-cors" }, { method: "POST", mode: "no-cors" }]) {
        for (const to of [base, target]) {
          try {
            const answer = await fetch(to, { credentials: "include", ...how });
            out.push(await answer.text());
          } catch {
            out.push("");
          }
        }
      }
      const frame = document.createElement("iframe");
      frame.src = target;
      document.body.append(frame);
      await new Promise((done) => setTimeout(done, 500));
      try {
        out.push(frame.contentDocument ? frame.contentDocument.body.innerText : "");
      } catch {
        out.push("");
      }
      return out.join("");
    }, [url, new URL(message, url).href]);
    check(`a page of ${host} at another port reads nothing`, got === "", got);
    await page.click("button");
    await page.waitForLoadState();
    const answer = await page.content();
    check("its form changes nothing", live("comes back by keys alone").length === 0 && !answer.includes("came back"), answer);
  }
  server.close();
  await page.context().close();
}

async function tabTo(page, words) {
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press("Tab");
    if ((await page.evaluate(() => document.activeElement.innerText || "")).includes(words)) {
      return true;
    }
  }
  return false;
}

async function byKeys(browser) {
  const page = await open(browser);
  const keys = page.keyboard;
  await page.goto(url + "login");
  await keys.type(token);
  await keys.press("Enter");
  await page.waitForSelector("h1:has-text('Overview')");
  await keys.press("Tab");
  check("the first key leads to the content", (await page.evaluate(() => document.activeElement.className)) === "skip");
  await keys.press("/");
  await page.waitForSelector("h1:has-text('Search')");
  await keys.press("/");
  await keys.type("second thing");
  await keys.press("Enter");
  await page.waitForSelector("ul.messages");
  await keys.press("j");
  const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  check("the message that is chosen is marked", outline === "solid", outline);
  await keys.press("Enter");
  await page.waitForSelector("pre.text");
  check("Tab reaches the recovery", await tabTo(page, "Recover this message"));
  await keys.press("Enter");
  await page.waitForSelector("text=Nothing was written");
  check("and its button", await tabTo(page, "Recover 1 message"));
  await keys.press("Enter");
  await page.waitForSelector("text=came back");
  check("a message is found and recovered by keys alone", live("comes back by keys alone").length === 1);
  await page.context().close();
}

async function looks(browser) {
  for (const [name, options] of [
    ["dark", { colorScheme: "dark" }],
    ["phone", { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true }],
  ]) {
    const page = await open(browser, options);
    await logIn(page);
    await page.waitForSelector("html[data-drawn]");
    for (const [step, go] of [
      ["overview", async () => {}],
      ["mailboxes", () => page.goto(url + "mailboxes")],
      ["mailbox", () => page.click("text=anna@example.org")],
      ["deleted", () => page.click("text=Deleted since")],
      ["calendar", () => page.goto(url + "snapshots")],
      ["search", () => page.goto(url + "search?q=hostile")],
      ["message", () => page.click("text=Hostile: HTML")],
    ]) {
      await go();
      await page.waitForLoadState();
      await shoot(page, `${step}-${name}`);
      await accessible(page, `${step}, ${name}`);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      check(`it fits the screen: ${step}, ${name}`, wide <= 0, wide);
    }
    await page.context().close();
  }
  const page = await open(browser, { javaScriptEnabled: false });
  await page.goto(url + "login");
  await page.fill("input[name=token]", token);
  await page.click("button");
  check("it works without scripts", (await page.locator("h1").innerText()) === "Overview");
  await page.context().close();
}

(async () => {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    for (const part of [byMouse, hostile, foreigner, byKeys, looks]) {
      try {
        await part(browser);
      } catch (error) {
        check(part.name, false, error.stack);
      }
    }
  } finally {
    await browser.close();
  }
  process.exit(failures === 0 ? 0 : 1);
})();
