// Speaks the language server protocol with yaml-language-server over stdio, as an editor does.
// Usage: node editor.js SERVER FOLDER < questions.json, an array of { name, text, at?: { line, character } }.
// Answers on stdout: for each, { name, completions, hover, diagnostics }.
const { spawn } = require("child_process");
const path = require("path");
const { pathToFileURL } = require("url");

const [server, folder] = process.argv.slice(2);
const child = spawn(process.execPath, [server, "--stdio"], { stdio: ["pipe", "pipe", "ignore"] });
const waiting = new Map();
const published = new Map();
let next = 0;
let received = Buffer.alloc(0);

function send(message) {
  const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
  child.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
  child.stdin.write(body);
}

function request(method, params) {
  const id = ++next;
  send({ id, method, params });
  return new Promise((resolve) => waiting.set(id, resolve));
}

function handle(message) {
  if (message.method === "workspace/configuration") {
    // Nothing from the network: the schema is the one that the document names.
    const settings = { "yaml": { validate: true, hover: true, completion: true, schemaStore: { enable: false } } };
    send({ id: message.id, result: message.params.items.map((item) => settings[item.section] ?? {}) });
  } else if (message.method === "textDocument/publishDiagnostics") {
    published.get(message.params.uri)?.(message.params.diagnostics);
  } else if (message.id !== undefined && message.method !== undefined) {
    send({ id: message.id, result: null });
  } else if (message.id !== undefined) {
    waiting.get(message.id)?.(message.result);
  }
}

child.stdout.on("data", (chunk) => {
  received = Buffer.concat([received, chunk]);
  for (;;) {
    const end = received.indexOf("\r\n\r\n");
    const length = end < 0 ? NaN : Number(/Content-Length: (\d+)/i.exec(received.subarray(0, end).toString())[1]);
    if (!(received.length >= end + 4 + length)) return;
    const body = received.subarray(end + 4, end + 4 + length).toString();
    received = received.subarray(end + 4 + length);
    handle(JSON.parse(body));
  }
});

async function ask(question) {
  const uri = pathToFileURL(path.join(folder, question.name)).toString();
  const diagnostics = new Promise((resolve) => published.set(uri, resolve));
  send({ method: "textDocument/didOpen", params: { textDocument: { uri, languageId: "yaml", version: 1, text: question.text } } });
  const found = await diagnostics;
  const answer = { name: question.name, diagnostics: found.map((d) => d.message), completions: [], hover: "" };
  if (question.at) {
    const params = { textDocument: { uri }, position: question.at };
    const completion = await request("textDocument/completion", params);
    answer.completions = (completion?.items ?? completion ?? []).map((item) => item.label);
    const hover = await request("textDocument/hover", params);
    answer.hover = hover?.contents?.value ?? "";
  }

  return answer;
}

async function main() {
  let input = "";
  for await (const chunk of process.stdin) input += chunk;
  await request("initialize", {
    processId: process.pid,
    rootUri: pathToFileURL(folder).toString(),
    capabilities: { workspace: { configuration: true }, textDocument: { completion: {}, hover: { contentFormat: ["plaintext"] }, publishDiagnostics: {} } },
  });
  send({ method: "initialized", params: {} });
  const answers = [];
  for (const question of JSON.parse(input)) answers.push(await ask(question));
  console.log(JSON.stringify(answers));
  child.kill();
}

child.on("exit", () => process.exit());
main();
