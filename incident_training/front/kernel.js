// A page's own way to its widget: the kernel's WebSocket, in Jupyter's messages, and nothing of JupyterLab.

import { random } from "./kept.js";

const VERSION = "5.3"; // of Jupyter's messaging protocol
const GONE = new Set(["restarting", "dead"]);
const SOON = 10_000; // milliseconds until a server that is there has begun to answer
const WHOLE = 70_000; // and until its page is whole; a server of ours gives it up before

/** Return { kernel, model } of the widget at `index` of a served page, or null. */
export function widget(page, index) {
  const model = page.querySelectorAll("[data-model]")[index]?.dataset.model;
  const kernel = page.querySelector("[data-kernel]")?.dataset.kernel;
  return kernel && model ? { kernel, model } : null;
}

/** Return `open` for the widget at `index`: first on the kernel this page came with, then on a new page's. */
export function toKernel(index, base) {
  let found = widget(document, index);
  return async ({ message, broken }) => {
    const { kernel, model } = found ?? (await anew(index));
    found = null;
    return channel(kernel, model, base, message, broken);
  };
}

/** Ask the server for this page again: a fresh kernel comes with it. */
async function anew(index) {
  const asked = new AbortController();
  const stop = () => asked.abort();
  const how = { cache: "no-store", signal: asked.signal };
  const answer = await within(SOON, stop, fetch(window.location.pathname, how));
  const text = await within(WHOLE, stop, answer.text());
  const page = new DOMParser().parseFromString(text, "text/html");
  const found = answer.ok && widget(page, index);
  if (!found) throw new Error("the page came without a kernel");
  return found;
}

/** Return what comes of `promise`; what takes longer is stopped, so that it fails. */
async function within(wait, stop, promise) {
  const timer = setTimeout(stop, wait);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

function channel(kernel, model, base, message, broken) {
  const session = random();
  const { protocol, host } = window.location;
  const way = `${base}api/kernels/${kernel}/channels?session_id=${session}`;
  const socket = new WebSocket(`${protocol.replace("http", "ws")}//${host}${way}`);
  const close = () => {
    socket.close();
    navigator.sendBeacon(`${base}voila/api/shutdown/${kernel}`); // nobody comes back to it
  };
  const heard = ({ data }) => {
    const { header, content } = JSON.parse(data);
    if (header.msg_type === "status" && GONE.has(content.execution_state)) broken();
    else if (header.msg_type === "comm_msg" && content.comm_id === model && content.data.method === "custom")
      message(content.data.content);
  };
  const send = (content) => socket.readyState === WebSocket.OPEN && socket.send(frame(session, model, content));
  const opened = new Promise((done, failed) => {
    socket.addEventListener("open", () => done({ send, close }));
    socket.addEventListener("message", heard);
    socket.addEventListener("close", () => {
      failed(new Error("the kernel cannot be reached"));
      broken();
    });
  });
  return within(SOON, close, opened);
}

function frame(session, model, content) {
  const header = { msg_id: random(), msg_type: "comm_msg", session, username: "", version: VERSION };
  const data = { method: "custom", content };
  return JSON.stringify({
    channel: "shell",
    header: { ...header, date: new Date().toISOString() },
    parent_header: {},
    metadata: {},
    content: { comm_id: model, data },
  });
}
