// What pages do with a script: log in by the address, draw charts, know some keys. All of them work
// without it.
"use strict";

// The token stands behind # in the address that the terminal shows, where no server and no log sees it.
function logIn() {
  const form = document.getElementById("login");
  const token = decodeURIComponent(location.hash.slice(1));
  if (form && token && token !== "main") {
    history.replaceState(null, "", location.pathname);
    form.elements.token.value = token;
    form.requestSubmit();
  }
}

function size(bytes) {
  const units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB"];
  let unit = 0;
  let value = bytes;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return (value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)) + " " + units[unit];
}

function numbers(text) {
  return text.split(",").map(Number);
}

function colour(name) {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

function draw(figure) {
  const plot = figure.querySelector(".plot");
  const names = figure.dataset.names.split(",");
  const log = figure.dataset.scale === "log";
  const one = (text) => numbers(text).map((value) => (log ? Math.max(1, value) : value));
  const axis = { stroke: colour("--soft"), grid: { stroke: colour("--line"), width: 1 }, ticks: { show: false } };
  const series = (label, line, fill) => ({
    label,
    stroke: line,
    fill,
    width: 2,
    points: { show: false },
    value: (_, value) => (value == null ? "–" : size(value)),
  });
  plot.replaceChildren();
  return new uPlot(
    {
      width: Math.max(240, plot.clientWidth),
      height: 220,
      scales: { y: log ? { distr: 3 } : { range: (_, __, most) => [0, Math.max(1, most * 1.08)] } },
      axes: [axis, { ...axis, size: 72, values: (_, ticks) => ticks.map((tick) => (tick == null ? "" : size(tick))) }],
      series: [
        { value: (_, time) => (time == null ? "–" : new Date(time * 1000).toLocaleString("sv-SE").slice(0, 16)) },
        series(names[0], colour("--first"), log ? undefined : colour("--first-soft")),
        series(names[1], colour("--second"), log ? undefined : colour("--second-soft")),
      ],
      cursor: { y: false },
    },
    [numbers(figure.dataset.x), one(figure.dataset.y1), one(figure.dataset.y2)],
    plot,
  );
}

function charts() {
  const figures = [...document.querySelectorAll(".chart")];
  if (figures.length === 0) {
    return;
  }
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "/static/uplot.css";
  const script = document.createElement("script");
  script.src = "/static/uplot.js";
  script.onload = () => {
    const all = () => figures.forEach(draw);
    all();
    document.documentElement.dataset.drawn = "yes";
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
    let waiting;
    addEventListener("resize", () => {
      clearTimeout(waiting);
      waiting = setTimeout(all, 150);
    });
  };
  document.head.append(style, script);
}

// j and k go through lists, n and p through their pages, / to the search.
function move(step) {
  const links = [...document.querySelectorAll("ul.messages > li > a, main tbody a")];
  if (links.length === 0) {
    return;
  }
  const here = links.indexOf(document.activeElement);
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, here + step));
  links[next].focus();
}

function press(event) {
  const at = event.target;
  if (event.ctrlKey || event.altKey || event.metaKey || at.matches("input:not([type=checkbox]), select, textarea")) {
    return;
  }
  const follow = (selector) => document.querySelector(selector)?.click();
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    n: () => follow("a[rel=next]"),
    p: () => follow("a[rel=prev]"),
    "/": () => {
      const field = document.querySelector("input[type=search]");
      if (field) {
        field.focus();
        field.select();
      } else {
        location.assign("/search");
      }
    },
  };
  if (Object.hasOwn(keys, event.key)) {
    event.preventDefault();
    keys[event.key]();
  }
}

logIn();
charts();
addEventListener("keydown", press);
