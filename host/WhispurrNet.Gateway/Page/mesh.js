"use strict";

// The picture of the mesh: where nodes stand, which links they have, and frames on their way. Drawn from what the
// gateway says; text reaches the page as text only.
const Mesh = (() => {
  const svgNamespace = "http://www.w3.org/2000/svg";
  const stepX = 150;
  const stepY = 165;
  const radius = 32;
  const columnsMax = 6;
  const zigzag = 80;
  const moveMs = 900;
  const framesMax = 60;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");

  const chip = "M-9 -9 h18 v18 h-18 z M-9 -5 h-5 M-9 0 h-5 M-9 5 h-5 M9 -5 h5 M9 0 h5 M9 5 h5";
  const glyphs = {
    desk: "M-13 -10 h26 v17 h-26 z M-6 13 h12 M0 7 v6",
    relay: "M-9 9 a13 13 0 0 1 0 -18 M9 9 a13 13 0 0 0 0 -18 M-4 4 a6 6 0 0 1 0 -8 M4 4 a6 6 0 0 0 0 -8",
    board: `${chip} M-4 -4 h8 v8 h-8 z`,
    foreign: `${chip} M-3 0 h6 v4 h-6 z M-2 0 v-2 a2 2 0 0 1 4 0 v2`,
    peer: chip,
  };
  const captions = {
    desk: "this desk",
    relay: "relay, no keys",
    board: "board",
    foreign: "other network",
    peer: "over WebSocket",
  };

  let svg;
  let places = new Map();
  let shape = "";
  let framesFlying = 0;
  const layers = {};

  function make(name, attributes, parent) {
    const element = document.createElementNS(svgNamespace, name);
    for (const [key, value] of Object.entries(attributes)) {
      element.setAttribute(key, value);
    }
    parent?.append(element);
    return element;
  }

  function label(element, className, y, text) {
    const line = make("text", { class: className, y }, element);
    line.textContent = text;
  }

  // Desk, relay and the boards of a line stand on a path that turns back at the end of each row; peers of which only
  // the address is known stand below the relay.
  function place(nodes) {
    const rank = node => node.kind === "desk" ? -2 : node.kind === "relay" ? -1 : node.order;
    const path = nodes.filter(node => rank(node) !== null).sort((a, b) => rank(a) - rank(b));
    const peers = nodes.filter(node => rank(node) === null);
    const rows = Math.max(1, Math.ceil(path.length / columnsMax));
    const columns = Math.max(Math.ceil(path.length / rows), Math.min(peers.length, columnsMax), 2);
    const usedRows = Math.max(1, Math.ceil(path.length / columns));
    // A single row would leave the picture empty; boards of a line then stand up and down in turn.
    const depth = usedRows === 1 && path.length > 3 ? zigzag : 0;
    const drop = node => node.order === null ? depth / 2 : node.order % 2 * depth;
    const found = new Map();
    path.forEach((node, i) => {
      const row = Math.floor(i / columns);
      const column = row % 2 === 0 ? i % columns : columns - 1 - (i % columns);
      found.set(node.name, { x: column * stepX, y: row * stepY + drop(node) });
    });
    peers.forEach((node, i) => {
      found.set(node.name, { x: (i % columns) * stepX, y: (usedRows + Math.floor(i / columns)) * stepY + depth });
    });
    const allRows = usedRows + Math.ceil(peers.length / columns);
    const width = Math.max(columns, columnsMax) * stepX;
    const left = -(width - (columns - 1) * stepX) / 2;
    svg.setAttribute("viewBox", `${left} ${-radius - 22} ${width} ${(allRows - 1) * stepY + depth + 2 * radius + 75}`);
    return found;
  }

  function drawLinks(links) {
    layers.links.replaceChildren();
    for (const link of links) {
      const a = places.get(link.first);
      const b = places.get(link.second);
      if (!a || !b) {
        continue;
      }
      const state = link.open ? "open" : link.met > 0 ? "met" : "";
      const kind = link.bluetooth ? "bluetooth" : "stream";
      const line = make("line", { class: `link ${kind} ${state}`, x1: a.x, y1: a.y, x2: b.x, y2: b.y }, layers.links);
      make("title", {}, line).textContent =
        `${link.first} and ${link.second}: ${link.met} links, ${link.failed} failed${link.open ? ", open now" : ""}`;
    }
  }

  function drawNodes(nodes) {
    layers.nodes.replaceChildren();
    for (const node of nodes) {
      const at = places.get(node.name);
      const group = make("g", {
        class: `node ${node.kind}${node.online ? "" : " offline"}`,
        transform: `translate(${at.x} ${at.y})`,
      }, layers.nodes);
      const title = `${node.name}, ${captions[node.kind]}${node.online ? "" : ", starting"}`;
      make("title", {}, group).textContent = node.identity ? `${title}, ${node.identity}` : title;
      if (node.kind === "relay" || node.kind === "desk") {
        make("rect", { class: "body", x: -radius, y: -radius, width: 2 * radius, height: 2 * radius, rx: 14 }, group);
      } else {
        make("circle", { class: "body", r: radius }, group);
      }
      make("path", { class: "glyph", d: glyphs[node.kind] }, group);
      label(group, "", radius + 19, node.name);
      label(group, "sub", radius + 34, node.online ? captions[node.kind] : "starting");
      if (node.frames > 0) {
        label(group, "sub", -radius - 8, `${node.frames} ${node.frames === 1 ? "frame" : "frames"}`);
      }
    }
  }

  function describe(nodes, links) {
    const open = links.filter(link => link.open).map(link => `${link.first} and ${link.second}`);
    const names = nodes.map(node => `${node.name} (${captions[node.kind]})`).join(", ");
    svg.setAttribute("aria-label", `Nodes: ${names}. Links open now: ${open.join(", ") || "none"}.`);
  }

  return {
    attach(element) {
      svg = element;
      for (const name of ["links", "nodes", "frames"]) {
        layers[name] = make("g", {}, svg);
      }
    },

    update(mesh) {
      const newShape = JSON.stringify(mesh.nodes.map(node => [node.name, node.kind, node.order]));
      if (newShape !== shape) {
        shape = newShape;
        places = place(mesh.nodes);
      }
      drawLinks(mesh.links);
      drawNodes(mesh.nodes);
      describe(mesh.nodes, mesh.links);
    },

    move(frame) {
      const from = places.get(frame.from);
      const to = places.get(frame.to);
      if (!from || !to || calm.matches || document.hidden || framesFlying >= framesMax) {
        return;
      }
      framesFlying++;
      const dot = make("circle", { class: `frame ${frame.kind ?? ""}`, r: 9 }, layers.frames);
      const step = at => ({ transform: `translate(${at.x}px, ${at.y}px)` });
      const flight = dot.animate([step(from), step(to)], { duration: moveMs, easing: "ease-in-out" });
      flight.finished.catch(() => {}).finally(() => {
        framesFlying--;
        dot.remove();
      });
    },

    read(name) {
      const at = places.get(name);
      if (!at || calm.matches || document.hidden) {
        return;
      }
      const ring = make("circle", { class: "read", r: radius, cx: at.x, cy: at.y }, layers.frames);
      const pulse = ring.animate(
        [{ r: `${radius}px`, opacity: 1 }, { r: `${radius + 16}px`, opacity: 0 }], { duration: 1400, iterations: 2 });
      pulse.finished.catch(() => {}).finally(() => ring.remove());
    },
  };
})();
