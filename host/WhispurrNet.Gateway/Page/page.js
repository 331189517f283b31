"use strict";

// Keeps the page in step with the gateway's event stream. Whatever came over the mesh is set as text, never as markup.
(() => {
  const whispersMax = 100;
  const byId = id => document.getElementById(id);
  const whispers = new Map();
  const read = new Set();
  let payloadMax = 1024;
  let emergencyPayloadMax = 158;
  let boardsReport = false;

  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) {
      made.className = className;
    }
    if (text !== undefined) {
      made.textContent = text;
    }
    return made;
  }

  function seconds(ms) {
    return ms < 10_000 ? `${(ms / 1000).toFixed(1)} s` : `${Math.round(ms / 1000)} s`;
  }

  function hops(delivery) {
    if (delivery.hops === null) {
      return "";
    }
    const streams = delivery.hops - delivery.bluetoothHops;
    const parts = [];
    if (delivery.bluetoothHops > 0) {
      parts.push(`${delivery.bluetoothHops} Bluetooth`);
    }
    if (streams > 0) {
      parts.push(`${streams} WebSocket`);
    }
    return `${parts.join(" + ")} ${delivery.hops === 1 ? "hop" : "hops"}`;
  }

  const statusTexts = {
    queued: ["queued", "Accepted; no neighbour has all of it yet."],
    relayed: ["relayed", "Every frame of it was taken by some neighbour."],
    delivered: ["✓ delivered", "Its recipient acknowledged it."],
    expired: ["expired", "Its time ended before it was acknowledged, or before anybody took it."],
  };

  function card(whisper) {
    const item = element("li", whisper.kind);
    item.dataset.id = whisper.id;
    const head = element("div", "head");
    head.append(element("b", "", whisper.kind));
    if (whisper.intent) {
      head.append(element("span", "", whisper.intent));
    }
    const to = whisper.to ? ` to ${whisper.to}` : "";
    head.append(element("span", "", `from ${whisper.from}${to}`));
    if (whisper.deliveries.some(delivery => delivery.proven)) {
      const mark = element("span", "proven", "✓ sender proven");
      mark.title = "Whoever read it has a proof of the identity that sent it. Other kinds only state it.";
      head.append(mark);
    }
    if (whisper.status) {
      const mark = element("span", `status ${whisper.status}`, statusTexts[whisper.status][0]);
      mark.title = statusTexts[whisper.status][1];
      head.append(mark);
    }
    const time = element("time", "", new Date(whisper.sentAt).toLocaleTimeString());
    time.dateTime = whisper.sentAt;
    head.append(time);
    item.append(head);
    item.append(whisper.payload === null
      ? element("p", "sealed", `sealed to this desk${whisper.bytes === null ? "" : `, ${whisper.bytes} bytes`}`)
      : element("pre", "", whisper.payload));
    const deliveries = element("ul", "deliveries");
    for (const delivery of whisper.deliveries) {
      const facts = [
        `read by ${delivery.node}`,
        hops(delivery),
        delivery.latencyMs === null ? "" : `after ${seconds(delivery.latencyMs)}`,
      ].filter(fact => fact !== "");
      const chip = element("li", "", facts.join(" · "));
      chip.title = new Date(delivery.at).toLocaleTimeString();
      deliveries.append(chip);
    }
    if (whisper.deliveries.length === 0) {
      const state = boardsReport ? "on its way" : "sent; boards do not say what they read";
      deliveries.append(element("li", "waiting", state));
    }
    item.append(deliveries);
    return item;
  }

  function showWhisper(whisper, quiet) {
    for (const delivery of whisper.deliveries) {
      const key = `${whisper.id} ${delivery.node}`;
      if (!read.has(key)) {
        read.add(key);
        if (!quiet) {
          Mesh.read(delivery.node);
        }
      }
    }
    const list = byId("whispers");
    const made = card(whisper);
    const shown = whispers.get(whisper.id);
    if (shown) {
      shown.replaceWith(made);
    } else {
      list.prepend(made);
    }
    whispers.set(whisper.id, made);
    while (list.children.length > whispersMax) {
      whispers.delete(list.lastElementChild.dataset.id);
      list.lastElementChild.remove();
    }
    byId("nothing").hidden = true;
  }

  function showMesh(mesh) {
    Mesh.update(mesh);
    boardsReport = mesh.nodes.some(node => node.kind === "board");
    byId("nodes").replaceChildren(...mesh.nodes.map(node => {
      const links = mesh.links.filter(link => link.first === node.name || link.second === node.name);
      const row = element("tr");
      row.append(
        element("td", "", node.name),
        element("td", "", node.frames),
        element("td", "", links.reduce((sum, link) => sum + link.met, 0)),
        element("td", "", links.reduce((sum, link) => sum + link.failed, 0)),
        element("td", "", node.contacts));
      if (node.lastError) {
        row.title = node.lastError;
      }
      return row;
    }));
  }

  function showStatus(status) {
    payloadMax = status.desk?.maxPayload ?? payloadMax;
    emergencyPayloadMax = status.desk?.maxEmergencyPayload ?? emergencyPayloadMax;
    showContacts(status.desk?.contacts ?? []);
    const facts = [
      ["peers", `${status.relay.peers} of ${status.relay.maxPeers}`],
      ["relay holds", `${status.relay.heldFrames} frames`],
      ["network", status.network === "member" ? "joined" : "no key"],
    ];
    if (status.desk) {
      facts.push(["contacts", status.desk.contacts.length]);
      for (const person of status.desk.persons) {
        const node = person.node ?? `${person.identity.slice(0, 8)}…`;
        facts.push([node, person.name === null ? `${person.publicKey.slice(0, 8)}…, not verified` : person.name]);
      }
    }
    if (status.speed !== 1) {
      facts.push(["board time", `× ${status.speed}`]);
    }
    byId("facts").replaceChildren(...facts.map(([name, value]) => {
      const fact = element("li", "", `${name} `);
      fact.append(element("b", "", value));
      return fact;
    }));
    const counts = status.relay.counts;
    const refused = counts.peersRefusedFull + counts.peersRefusedOrigin + counts.peersRefusedText
      + counts.peersRefusedOversize;
    const rows = [
      ["Peers let in", counts.peersAccepted],
      ["Peers refused", refused],
      ["Slow peers dropped", counts.peersDroppedSlow],
      ["Messages in", counts.unitsIn],
      ["Messages out", counts.unitsOut],
      ["Whispers known", status.whispers],
    ];
    byId("counts").replaceChildren(
      ...rows.flatMap(([name, value]) => [element("dt", "", name), element("dd", "", value)]));
    canSend = status.desk !== null;
    showKind();
    if (status.desk === null) {
      showResult("This gateway has no network key: it relays, and cannot whisper.", false);
    }
  }

  const form = byId("send");
  let canSend = false;
  let shownContacts = "";

  function showSize() {
    const bytes = new TextEncoder().encode(form.elements.payload.value).length;
    const max = form.elements.kind.value === "EMERGENCY_SIGNAL" ? emergencyPayloadMax : payloadMax;
    byId("size").textContent = `${bytes} of ${max} bytes`;
    byId("size").classList.toggle("over", bytes > max);
  }

  // Only what the kind needs is asked for, and nothing can be sent to nobody.
  function showKind() {
    const kind = form.elements.kind.value;
    const toIntent = kind === "RESONANCE_WHISPER";
    const toContact = kind === "DIRECT_MESSAGE";
    byId("intent-field").hidden = !toIntent;
    form.elements.intent.required = toIntent;
    byId("to-field").hidden = !toContact;
    form.classList.toggle("alarm", kind === "EMERGENCY_SIGNAL");
    form.querySelector("button").disabled = !canSend || (toContact && form.elements.to.value === "");
    showSize();
  }

  // The newest identity of a board stands for it; older ones still work, and say since when they are known.
  function showContacts(contacts) {
    const named = new Set();
    const choices = contacts.map(contact => {
      const short = `${contact.id.slice(0, 8)}…`;
      const again = contact.node !== null && named.has(contact.node);
      named.add(contact.node);
      const since = again ? `, since ${new Date(contact.learnedAt).toLocaleTimeString()}` : "";
      return [contact.id, contact.node === null ? short : `${contact.node} · ${short}${since}`];
    });
    // Replacing the list while somebody chooses from it would close it.
    if (JSON.stringify(choices) === shownContacts) {
      return;
    }
    shownContacts = JSON.stringify(choices);
    const select = form.elements.to;
    const chosen = select.value;
    select.replaceChildren(...choices.map(([id, text]) => {
      const option = element("option", "", text);
      option.value = id;
      option.title = id;
      return option;
    }));
    if (choices.length === 0) {
      const none = element("option", "", "no contact card has come yet");
      none.value = "";
      select.append(none);
    } else if (choices.some(([id]) => id === chosen)) {
      select.value = chosen;
    }
  }

  function showResult(text, good) {
    byId("result").textContent = text;
    byId("result").classList.toggle("bad", !good);
  }

  async function send() {
    const type = form.elements.kind.value;
    const body = { type, payload: form.elements.payload.value };
    if (type === "RESONANCE_WHISPER") {
      body.intent = form.elements.intent.value;
    } else if (type === "DIRECT_MESSAGE") {
      body.to = form.elements.to.value;
    }
    const response = await fetch("/api/whispurrnet/resonance", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer = await response.json();
    showResult(response.ok ? `Sealed and queued as ${answer.id}.` : answer.message, response.ok);
  }

  form.addEventListener("submit", event => {
    event.preventDefault();
    send().catch(() => showResult("The gateway does not answer.", false));
  });
  form.addEventListener("change", showKind);
  form.elements.payload.addEventListener("input", showSize);

  byId("theme").addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.classList.contains("dark")
      || (!root.classList.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches);
    root.classList.toggle("dark", !dark);
    root.classList.toggle("light", dark);
  });

  function listen() {
    const events = new EventSource("/api/whispurrnet/events");
    const on = (name, show) => events.addEventListener(name, event => show(JSON.parse(event.data)));
    events.onopen = () => {
      byId("connection").textContent = "live";
      byId("connection").classList.add("live");
    };
    events.onerror = () => {
      byId("connection").textContent = "gateway not reachable, trying again";
      byId("connection").classList.remove("live");
    };
    on("snapshot", snapshot => {
      showStatus(snapshot.status);
      showMesh(snapshot.mesh);
      byId("whispers").replaceChildren();
      whispers.clear();
      byId("nothing").hidden = snapshot.whispers.length > 0;
      for (const whisper of [...snapshot.whispers].reverse()) {
        showWhisper(whisper, true);
      }
      showSize();
    });
    on("status", showStatus);
    on("mesh", showMesh);
    on("move", frame => Mesh.move(frame));
    on("whisper", whisper => showWhisper(whisper, false));
  }

  Mesh.attach(byId("map"));
  showKind();
  listen();
})();
