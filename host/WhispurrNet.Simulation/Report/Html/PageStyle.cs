namespace WhispurrNet.Simulation.Report.Html;

/// <summary>How pages look, by day and by night, on a desk and on a phone.</summary>
internal static class PageStyle
{
    /// <summary>
    /// The style sheet. It has none of the characters that markup needs, so that it stands in a page as it is here; the
    /// colours are those of the gateway's page.
    /// </summary>
    public const string Css = """

        :root {
          color-scheme: light dark;
          --back: light-dark(#f4f5fb, #10121b);
          --card: light-dark(#ffffff, #191c29);
          --line: light-dark(#dfe2ee, #2a2f42);
          --text: light-dark(#1d2130, #e8eaf4);
          --soft: light-dark(#5d6478, #9aa2ba);
          --accent: light-dark(#5b4bd6, #8f83ff);
          --member: light-dark(#ece9ff, #2d2a55);
          --good: light-dark(#13804a, #4ade80);
          --bad: light-dark(#b42318, #ff8278);
          font: 15px/1.45 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
        }
        .c0 { --c: light-dark(#5b4bd6, #8f83ff); }
        .c1 { --c: light-dark(#c2410c, #ffb454); }
        .c2 { --c: light-dark(#0b7fab, #4cc9f0); }
        .c3 { --c: light-dark(#13804a, #4ade80); }
        .c4 { --c: light-dark(#c01048, #ff6b8b); }
        .c5 { --c: light-dark(#8a6d00, #e3c341); }
        .c6 { --c: light-dark(#7a4a2a, #d8a27a); }
        .c7 { --c: light-dark(#5d6478, #9aa2ba); }
        .broadcast { --c: light-dark(#0b7fab, #4cc9f0); }
        .direct { --c: light-dark(#8a2fc0, #d08bff); }
        .emergency { --c: light-dark(#c01048, #ff6b8b); }

        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 76rem; padding: 1.25rem; background: var(--back); color: var(--text); }
        h1 { font-size: 1.5rem; line-height: 1.2; margin: 0; letter-spacing: -.02em; }
        h2 { font-size: 1rem; margin: 0 0 .6rem; }
        ul { margin: 0; padding: 0; list-style: none; }
        header { margin-bottom: 1rem; }
        header p { margin: .35rem 0 0; color: var(--soft); }
        .verdict { display: inline-block; margin-top: .7rem; padding: .2rem .8rem; border: 1px solid;
          border-radius: 99px; font-size: .88rem; font-weight: 600; }
        .good { color: var(--good); }
        .bad { color: var(--bad); }

        .tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.75rem, 1fr)); gap: .75rem;
          margin-bottom: .75rem; }
        .tiles li, section, figure { background: var(--card); border: 1px solid var(--line); border-radius: 14px;
          min-width: 0; }
        .tiles li { padding: .7rem .8rem; }
        .tiles b { display: block; font-size: 1.2rem; line-height: 1.35; letter-spacing: -.02em; white-space: nowrap; }
        .tiles span { color: var(--soft); font-size: .84rem; }
        .grid { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 28rem), 1fr)); gap: .75rem; }
        .tables { align-items: start; }
        section, figure { margin: 0 0 .75rem; padding: .95rem 1.1rem; }
        .grid { margin-bottom: .75rem; }
        .grid section, .grid figure { margin: 0; }
        figcaption, .remark { color: var(--soft); font-size: .82rem; margin: .4rem 0 0; }

        svg { display: block; width: 100%; height: auto; overflow: visible; }
        text { font-size: 12.5px; fill: var(--text); text-anchor: middle; font-variant-numeric: tabular-nums; }
        text.start { text-anchor: start; }
        text.end { text-anchor: end; }
        text.tick, text.title { fill: var(--soft); }
        text.note, text.value { paint-order: stroke; stroke: var(--card); stroke-width: 4px; stroke-linejoin: round; }
        text.value { font-size: 11.5px; }
        path.grid { fill: none; stroke: var(--line); stroke-width: 1; }
        path.axis { fill: none; stroke: var(--soft); stroke-width: 1; }
        path.guide { fill: none; stroke: var(--soft); stroke-width: 1; stroke-dasharray: 3 4; }
        path.curve { fill: none; stroke: var(--c); stroke-width: 2; stroke-linejoin: round; }
        path.curve.c0 { stroke-width: 3; }
        path.curve.c1 { stroke-dasharray: 9 3; }
        path.curve.c3 { stroke-dasharray: 3 3; }
        path.curve.c4 { stroke-dasharray: 9 3 2 3; }
        path.curve.c6 { stroke-dasharray: 6 3; }
        path.curve.c7 { stroke-dasharray: 2 4; }
        path.area { fill: var(--c); fill-opacity: .12; stroke: none; }
        path.event { fill: none; stroke: var(--c); stroke-width: 1.5; }
        rect.bar { fill: var(--c); }
        rect.track { fill: var(--line); fill-opacity: .45; }
        circle.dot { fill: var(--c); }
        .legend { display: flex; flex-wrap: wrap; gap: .15rem .9rem; margin-bottom: .5rem; font-size: .82rem;
          color: var(--soft); }
        .legend li::before { content: ""; display: inline-block; width: .7rem; height: .7rem; border-radius: 3px;
          margin-right: .35rem; background: var(--c); }
        .legend .c0 { color: var(--text); font-weight: 600; }

        table { width: 100%; border-collapse: collapse; font-size: .88rem; font-variant-numeric: tabular-nums; }
        th, td { text-align: right; padding: .3rem .45rem; border-top: 1px solid var(--line); font-weight: 400;
          vertical-align: top; }
        thead th { color: var(--soft); border-top: 0; vertical-align: bottom; }
        th:first-child, td:first-child { text-align: left; padding-left: 0; }
        th:last-child, td:last-child { padding-right: 0; }
        tbody tr.own td { background: var(--member); }
        .wide { overflow-x: auto; }
        .wide td { white-space: nowrap; }
        .wide td.best { font-weight: 700; color: var(--good); }
        .wide td.bad { font-weight: 700; }
        .figures th { color: var(--accent); font-weight: 600; padding-top: .8rem; border-top: 0; }
        .figures tbody:first-child th { padding-top: 0; }
        .figures td { text-align: left; }
        .figures td:first-child { color: var(--soft); width: 38%; }
        .figures b { font-weight: 600; overflow-wrap: anywhere; }
        .figures small { display: block; color: var(--soft); font-size: .8rem; }
        .strategy::before { content: ""; display: inline-block; width: .7rem; height: .7rem; border-radius: 3px;
          margin-right: .4rem; background: var(--c); }
        .command { display: block; padding: .7rem .85rem; border-radius: 8px; background: var(--back);
          border: 1px solid var(--line); font: .86rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace;
          white-space: pre-wrap; overflow-wrap: anywhere; }
        .command span { display: inline-block; max-width: 100%; }
        .breaches { border-color: var(--bad); }
        .breaches li { font: .86rem/1.5 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere;
          padding: .25rem 0; border-top: 1px solid var(--line); }
        summary { cursor: pointer; font-weight: 600; }
        details[open] summary { margin-bottom: .6rem; }

        @media (max-width: 36rem) {
          body { padding: .75rem; }
          h1 { font-size: 1.3rem; }
          section, figure { padding: .8rem .85rem; }
          text { font-size: 15.5px; }
          text.value { font-size: 13.5px; }
          .tiles { grid-template-columns: 1fr 1fr; gap: .5rem; }
        }
        @media print {
          section, figure, .tiles li { break-inside: avoid; }
        }

        """;
}
