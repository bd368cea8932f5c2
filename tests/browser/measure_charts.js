// Says what is wrong with the charts of a page: measured where the browser put things, not computed.
window.measureCharts = () => {
  const rounded = (box, frame) => `${Math.round(box.left - frame.left)} to ${Math.round(box.right - frame.left)} of ${Math.round(frame.width)}`;
  const boxes = (plot, found) => [...plot.querySelectorAll(found)].map((node) => ({ node, box: node.getBoundingClientRect() }));
  const axisOf = (full, name) => full[name.replace(/^[xy]/, "$&axis")];
  const outside = (box, frame) => box.left < frame.left - 2 || box.right > frame.right + 2 || box.top < frame.top - 2 || box.bottom > frame.bottom + 2;

  // The box of a line holds some four pixels above and below its letters: where boxes overlap by less, letters do not touch.
  const faultsOfTexts = (plot, frame) => {
    const faults = [];
    const texts = boxes(plot, ".main-svg text").filter(({ node, box }) => node.textContent.trim() && box.width > 0 && !node.closest(".hoverlayer"))
      .map(({ node, box }) => ({ text: node.textContent, box, upright: /rotate\(-?90/.test(node.getAttribute("transform")) }));
    for (const { text, box } of texts) {
      if (outside(box, frame)) faults.push(`outside: ${text} (${rounded(box, frame)})`);
      if (/^[^\p{L}]*\d…$/u.test(text)) faults.push(`a figure is cut: ${text}`);
    }
    texts.forEach((one, place) => texts.slice(place + 1).forEach((two) => {
      const across = Math.min(one.box.right, two.box.right) - Math.max(one.box.left, two.box.left);
      const down = Math.min(one.box.bottom, two.box.bottom) - Math.max(one.box.top, two.box.top);
      const [along, over] = one.upright && two.upright ? [down, across] : [across, down];
      if (along > 2 && over > 8) faults.push(`${one.text} covers ${two.text}`);
    }));
    return faults;
  };

  const dotsOf = (plot) => boxes(plot, ".scatterlayer .points path").filter(({ box }) => box.width + box.height > 0).map(({ node, box }) => {
    const { xaxis, yaxis } = node.closest(".trace").__data__[0].trace;
    return { box, x: node.__data__.x, y: node.__data__.y, xaxis, yaxis, atX: (box.left + box.right) / 2, atY: (box.top + box.bottom) / 2 };
  });

  const faultsOfPlaces = (full, dots) => {
    const faults = [];
    for (const [way, at] of [["x", "atX"], ["y", "atY"]]) {
      dots.forEach((one, place) => dots.slice(place + 1).forEach((two) => {
        if (one[`${way}axis`] !== two[`${way}axis`]) return;
        const axis = axisOf(full, one[`${way}axis`]);
        const range = Math.abs(axis.r2c(axis.range[1]) - axis.r2c(axis.range[0]));
        const apart = Math.abs(axis.d2c(one[way]) - axis.d2c(two[way]));
        if (apart > range * 0.01 && Math.abs(one[at] - two[at]) < 0.3) faults.push(`${one[way]} and ${two[way]} at one ${way}`);
      }));
    }
    return faults;
  };

  // Points with a mark, in the plot or beyond its ends, where the library hides them.
  const pointsOf = (plot) => plot.calcdata.filter(([first]) => first.trace?.visible === true && first.trace.mode?.includes("markers"))
    .reduce((count, points) => count + points.filter(({ x, y }) => x !== undefined && y !== undefined).length, 0);

  // Of a bar shorter than a pixel the library draws nothing; its place is right all the same.
  const barsOf = (plot, full, drawn) => {
    const shown = new Map(drawn.map(({ node, box }) => [node.__data__, box]));
    let count = 0;
    for (const bars of plot.calcdata.filter(([first]) => first.trace?.type === "bar" && first.trace.visible === true)) {
      const { orientation, xaxis, yaxis } = bars[0].trace;
      const axis = axisOf(full, orientation === "h" ? xaxis : yaxis);
      for (const bar of bars) {
        const length = Math.abs(axis.c2p(bar.s1) - axis.c2p(bar.s0));
        const box = shown.get(bar);
        if (length < 1 || (box && Math.max(box.width, box.height) >= 0.9)) count += 1;
      }
    }
    return count;
  };

  const measured = (plot) => {
    const [frame, full] = [plot.getBoundingClientRect(), plot._fullLayout];
    const [dots, bars] = [dotsOf(plot), boxes(plot, ".barlayer .point path")];
    const faults = [...faultsOfTexts(plot, frame), ...faultsOfPlaces(full, dots)];
    for (const { box } of [...dots, ...bars]) {
      if (outside(box, frame)) faults.push(`a mark is cut (${rounded(box, frame)})`);
    }
    if (dots.length < pointsOf(plot)) faults.push(`${dots.length} dots of ${pointsOf(plot)}`);
    const narrowest = Math.min(...Object.keys(full).filter((key) => /^xaxis\d*$/.test(key)).map((key) => full[key]._length));
    if (narrowest < 60) faults.push(`a plot of ${Math.round(narrowest)} pixels`);
    if (Math.abs(full.width - frame.width) > 2) faults.push(`drawn ${Math.round(full.width)} wide in a card of ${Math.round(frame.width)}`);
    const name = plot.closest('[class*="st-key-plot_"]')?.className.match(/st-key-plot_(\S+)/)?.[1] ?? "chart";
    return { name, faults, dots: dots.length, bars: barsOf(plot, full, bars), plot: Math.round(narrowest) };
  };

  const room = document.querySelector('[data-testid="stMain"]') ?? document.documentElement;
  const scrolls = Math.max(room.scrollWidth - room.clientWidth, document.documentElement.scrollWidth - document.documentElement.clientWidth);
  return { scrolls, charts: [...document.querySelectorAll(".js-plotly-plot")].map(measured) };
};

// What the page still waits for until it is drawn for the width it has: the width it tells, the script, the pictures.
// Between two runs any of them may be gone for a moment: what is not there is waited for.
window.awaited = () => {
  const main = document.querySelector('[data-testid="stMainBlockContainer"]');
  const probe = document.querySelector(".st-key-window_probe [data-width]");
  const app = document.querySelector('[data-testid="stApp"]');
  if (!main || !probe || !app) return ["the page"];
  const style = getComputedStyle(main);
  const room = main.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
  const told = Number(probe.dataset.width);
  const state = app.getAttribute("data-test-script-state");
  const places = [...document.querySelectorAll('[data-testid="stPlotlyChart"]')];
  const undrawn = places.filter((place) => !place.querySelector(".js-plotly-plot")?._fullLayout).length
    + document.querySelectorAll('[data-testid="stSkeleton"]').length;
  return [
    ...(room - told < 0 || room - told >= 20 ? [`drawn for ${told} of ${room} pixels`] : []),
    ...(state === "notRunning" ? [] : [`the script: ${state}`]),
    ...(undrawn ? [`${undrawn} charts`] : []),
  ];
};
