// The mail that the browser looks at: store.js FOLDER first|second|third
//
// Anna has a folder of ten thousand messages, deletes some of her INBOX before the second snapshot,
// and gets mail that wants to harm whoever looks at it. Bert is there to have somebody else.
"use strict";
const fs = require("fs");
const path = require("path");

const [root, stage] = process.argv.slice(2);
const START = Date.UTC(2026, 9, 1, 8) / 1000;
const PEOPLE = ["Clara Weiss", "Jonas Berg", "Société Générale", "Miriam Okafor", "李小龍", "Support"];
const SUBJECTS = ["Invoice %", "Re: meeting on Thursday (%)", "Minutes, week %", "Delivery note %", "Ihre Bestellung Nr. %"];

function write(box, folder, number, content, flags = "S") {
  const directory = path.join(root, "vpopmail/domains/example.org", box, "Maildir", folder);
  for (const part of ["cur", "new", "tmp"]) {
    fs.mkdirSync(path.join(directory, part), { recursive: true });
  }
  const time = START + number * 321;
  const name = path.join(directory, "cur", `${time}.M${number}P7.mail,S=${Buffer.byteLength(content)}:2,${flags}`);
  fs.writeFileSync(name, content);
  fs.utimesSync(name, time, time);
}

function letter(number, subject, body, head = "") {
  const from = PEOPLE[number % PEOPLE.length];
  const word = /^[\x20-\x7e]*$/.test(from) ? from : `=?utf-8?B?${Buffer.from(from).toString("base64")}?=`;
  const date = new Date((START + number * 321) * 1000).toUTCString().replace("GMT", "+0000");
  return (
    `Return-Path: <p${number % 6}@example.net>\nReceived: from mx.example.net by mail.example.org\n` +
    `From: ${word} <p${number % 6}@example.net>\nTo: Anna <anna@example.org>\nSubject: ${subject}\n` +
    `Date: ${date}\nMessage-ID: <m${number}@example.net>\n${head}\n${body}`
  );
}

const plain = (number) =>
  letter(
    number,
    SUBJECTS[number % SUBJECTS.length].replace("%", number),
    `Dear Anna,\n\nas agreed, here is what number ${number} is about.\n\nKind regards\n${PEOPLE[number % 6]}\n`,
    "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n",
  );

const evil = "http://127.0.0.2:9";
const script = `"><script>window.pwned=1</script><img src=${evil}/s onerror="window.pwned=2">`;

function hostile() {
  const html = `<html><head><style>@import url(${evil}/css);body{background:url(${evil}/bg)}</style>
<link rel=stylesheet href=${evil}/l><base href=${evil}/><meta http-equiv=refresh content="0;url=${evil}/r"></head>
<body onload="window.pwned=3"><p>Your account is locked.</p><img src="${evil}/pixel.gif" alt=pixel>
<script src="${evil}/x.js"></script><script>window.pwned=4</script><svg onload="window.pwned=5"></svg>
<iframe src="${evil}/frame"></iframe><a href="javascript:window.pwned=6">log in</a> <a href="${evil}/phish">your bank</a>
<form action="${evil}/form"><input autofocus onfocus="window.pwned=7"></form></body></html>`;
  write("anna", "", 9001, letter(9001, "Hostile: HTML", html, "Content-Type: text/html; charset=utf-8\n"));
  write("anna", "", 9002, letter(9002, `Hostile: headers ${script}`, script, `X-Evil: ${script}\n`));
  const encoded = Buffer.from(`<img src=${evil}/b64 onerror="window.pwned=9">text`).toString("base64");
  write(
    "anna", "", 9003,
    letter(
      9003, "Hostile: charsets",
      "--b\nContent-Type: text/plain; charset=utf-7\n\n+ADw-script+AD4-window.pwned+AD0-8+ADw-/script+AD4-\n" +
        `--b\nContent-Type: text/html; charset=x-none\nContent-Transfer-Encoding: base64\n\n${encoded}\n` +
        '--b\nContent-Type: image/svg+xml; name="<svg onload=window.pwned=10>.svg"\n\n<svg onload="window.pwned=11"/>\n--b--\n',
      "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n",
    ),
  );
  const line = Buffer.alloc(57, 7).toString("base64") + "\n";
  write(
    "anna", "", 9004,
    letter(
      9004, "Hostile: fifty megabytes",
      `--b\nContent-Type: text/plain\n\n${"All work and no play makes Jack a dull boy.\n".repeat(30000)}\n` +
        `--b\nContent-Type: application/zip; name=huge.zip\nContent-Transfer-Encoding: base64\n\n${line.repeat(660000)}--b--\n`,
      "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n",
    ),
  );
}

if (stage === "first") {
  for (let i = 0; i < 10050; i++) {
    write("anna", ".Archive.2026", i, plain(i));
  }
  for (let i = 0; i < 60; i++) {
    write("anna", "", 10100 + i, plain(10100 + i), i % 4 === 0 ? "" : i % 7 === 0 ? "FRS" : "S");
  }
  write("anna", ".Sent", 3, plain(3));
  write("anna", "", 10200, letter(10200, "The contract that went missing", "Dear Anna,\n\nthe signed contract is attached.\n", "X-Kind: contract\n"));
  write("anna", "", 10201, letter(10201, "Second thing that went missing", "Dear Anna,\n\nthis one comes back by keys alone.\n"));
  write("bert", "", 5, plain(5));
  hostile();
} else if (stage === "second") {
  const cur = path.join(root, "vpopmail/domains/example.org/anna/Maildir/cur");
  for (const name of fs.readdirSync(cur)) {
    if (/\.M(10200|10201|10103|10106)P7/.test(name)) {
      fs.unlinkSync(path.join(cur, name));
    } else if (/\.M10110P7/.test(name)) {
      fs.renameSync(path.join(cur, name), path.join(cur, name.replace(/:2,.*/, ":2,FS")));
    }
  }
  for (let i = 0; i < 20; i++) {
    write("anna", "", 10300 + i, plain(10300 + i), "");
  }
} else {
  for (let i = 0; i < 30; i++) {
    write("bert", "", 10400 + i, plain(10400 + i));
  }
}
