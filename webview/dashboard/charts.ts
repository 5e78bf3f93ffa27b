// The charts: one smoothed line over its raw trace, a dashed line for a limit or gauge, the value in the title, one cursor for
// all, a click for the step's rollouts. Colours are the theme's and follow it.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { fill, h } from '../ui/dom.ts';
import { duration, percent, shortTokens } from '../ui/format.ts';
import { axisLabels } from './axisLabels.ts';
import type { RunModel } from './runModel.ts';
import { smooth, spanFor } from './smooth.ts';

export interface ChartSpec {
  readonly metric: string;
  readonly title: string;
  readonly format: (value: number) => string;
  /** Theme variable of the line. */
  readonly color: string;
  readonly line?: { readonly at: number; readonly label: string };
  /** A metric that few steps have, such as validation: its values are points, joined and not smoothed. */
  readonly sparse?: boolean;
  /** Smallest range of the y axis. */
  readonly floor?: readonly [number, number];
}

export const FORMATS = {
  share: (value: number): string => percent(value),
  /** A share of right answers, with the digit that validations differ in. */
  points: (value: number): string => `${(100 * value).toFixed(1)} %`,
  tokens: shortTokens, number: (value: number): string => value.toFixed(2), seconds: duration,
} as const;

const HEIGHT = 150;

export class Chart {
  readonly element: HTMLElement;
  readonly spec: ChartSpec;
  readonly #now = h('b', 'num');
  readonly #box = h('div', 'chart-box');
  readonly #open: (step: number) => void;
  #plot: uPlot | null = null;
  /** The axis has its labels: there is a value. */
  #labelled = false;
  #steps: readonly number[] = [];
  #raw: readonly (number | null)[] = [];

  constructor(spec: ChartSpec, open: (step: number) => void) {
    this.spec = spec;
    this.#open = open;
    this.element = h('figure', { class: 'chart', attributes: { 'aria-label': spec.title } },
      h('figcaption', 'row', h('span', { class: 'grow ellipsis', title: spec.line ? `${spec.title} (${spec.line.label})` : spec.title }, spec.title, spec.line ? h('span', 'dim', ` (${spec.line.label})`) : null), this.#now), this.#box);
    new ResizeObserver(() => { this.#resize(); }).observe(this.#box);
  }

  /** New data of the same run; `planned` keeps the steps not yet reached empty on the axis. */
  update(model: RunModel, planned: number): void {
    this.#steps = model.steps.map((record) => record.step);
    this.#raw = model.series(this.spec.metric);
    const data: uPlot.AlignedData = [[...this.#steps], [...this.#raw], this.spec.sparse ? [...this.#raw] : smooth(this.#raw, spanFor(this.#raw.length))];
    const any = this.#raw.some((value) => value !== null);
    if (!this.#plot) this.#make(data, planned);
    else this.#plot.setData(data);
    // The first value brings the axis its labels, also where it changes no scale.
    if (any && !this.#labelled) this.#plot?.redraw(false, true);
    this.#labelled = any;
    this.#showNow(null);
    const last = model.latest(this.spec.metric);
    this.#box.setAttribute('role', 'img');
    this.#box.setAttribute('aria-label', last === null ? 'no values yet' : `${this.spec.title}: ${this.spec.format(last)} at step ${this.#steps.at(-1) ?? 0} of ${planned}`);
  }

  /** Builds the plot anew with the theme's colours. */
  recolour(): void {
    const plot = this.#plot;
    if (!plot) return;
    const { data } = plot;
    const planned = plot.scales['x']?.max ?? 1;
    plot.destroy();
    this.#plot = null;
    this.#make(data, planned);
  }

  dispose(): void {
    this.#plot?.destroy();
  }

  #make(data: uPlot.AlignedData, planned: number): void {
    const color = themeColor(this.spec.color);
    const dim = themeColor('--vscode-descriptionForeground');
    const grid = themeColor('--vscode-charts-lines');
    const { floor, line, format, sparse = false } = this.spec;
    const axis: uPlot.Axis = { stroke: dim, font: '11px sans-serif', grid: { stroke: grid, width: 0.5, dash: [] }, ticks: { show: false } };
    this.#plot = new uPlot({
      width: Math.max(120, this.#box.clientWidth), height: HEIGHT, legend: { show: false },
      cursor: { sync: { key: 'run' }, y: false, points: { size: 6 }, drag: { x: false, y: false } },
      scales: {
        x: { time: false, range: () => [0, Math.max(planned, 1)] },
        y: { range: (_plot, min, max) => yRange(min, max, floor) },
      },
      axes: [{ ...axis, grid: { show: false }, size: 24, space: 60 }, { ...axis, size: 46, space: 40, values: (plot, ticks) => axisLabels(ticks, format, (plot.data[1] ?? []).some((value) => typeof value === 'number')) }],
      series: [{}, { stroke: withAlpha(color), width: 1, points: { show: false } }, { stroke: color, width: 2, spanGaps: sparse, points: sparse ? { show: true, size: 6, fill: color } : { show: false } }],
      hooks: {
        draw: [(plot) => { if (line) drawLine(plot, line.at, themeColor('--rlvr-warn')); }],
        setCursor: [(plot) => { this.#showNow(plot.cursor.idx ?? null); }],
        ready: [(plot) => { plot.over.addEventListener('click', () => {
          const step = this.#steps[plot.cursor.idx ?? -1];
          if (step !== undefined) this.#open(step);
        }); }],
      },
    }, data, this.#box);
  }

  #showNow(index: number | null): void {
    const at = index ?? this.#raw.findLastIndex((entry) => entry !== null);
    const shown = this.#raw[at];
    const step = this.#steps[at];
    fill(this.#now, index !== null && step !== undefined ? h('span', 'dim', `step ${step}  `) : null, shown === null || shown === undefined ? '–' : this.spec.format(shown));
  }

  #resize(): void {
    if (this.#plot && this.#box.clientWidth > 0) this.#plot.setSize({ width: this.#box.clientWidth, height: HEIGHT });
  }
}

function yRange(min: number | null, max: number | null, floor: readonly [number, number] | undefined): [number, number] {
  const low = Math.min(min ?? Infinity, floor?.[0] ?? Infinity);
  const high = Math.max(max ?? -Infinity, floor?.[1] ?? -Infinity);
  if (!Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  const pad = (high - low || Math.abs(high) || 1) * 0.08;
  return [low >= 0 ? Math.max(0, low - pad) : low - pad, high + pad];
}

/** A dashed horizontal line, only where it lies inside the plot. */
function drawLine(plot: uPlot, at: number, color: string): void {
  const y = plot.valToPos(at, 'y', true);
  const { left, top, width, height } = plot.bbox;
  if (y < top || y > top + height) return;
  const { ctx } = plot;
  ctx.save();
  ctx.strokeStyle = color;
  ctx.setLineDash([5, 4]);
  ctx.lineWidth = Math.max(1, devicePixelRatio);
  ctx.beginPath();
  ctx.moveTo(left, y);
  ctx.lineTo(left + width, y);
  ctx.stroke();
  ctx.restore();
}

/** A custom property resolved to a colour that a canvas understands. */
function themeColor(name: string): string {
  const probe = h('span', { style: { color: `var(${name})` } });
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

/** The same colour at a third of its strength, for the raw trace. */
function withAlpha(color: string): string {
  const parts = /^rgba?\(([\d.]+), ([\d.]+), ([\d.]+)/.exec(color);
  return parts ? `rgba(${parts[1] ?? 0}, ${parts[2] ?? 0}, ${parts[3] ?? 0}, 0.35)` : color;
}
