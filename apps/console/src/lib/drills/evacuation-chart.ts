/** The part of echarts that draws times beside their targets. Loaded when a chart is on the screen, not before. */
import { BarChart, ScatterChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, MarkLineComponent, ScatterChart, SVGRenderer]);

export interface Bars {
  names: string[];
  seconds: (number | null)[];
  target: number;
  targetLabel: string;
}

const css = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** One bar a class, and the target across them. @returns how to take it away again */
export function drawClasses(box: HTMLElement, { names, seconds, target, targetLabel }: Bars): () => void {
  const ink = css('--ink-1');
  const mute = css('--ink-2');
  const late = css('--caution-fill');
  const fine = css('--safe-fill');
  const chart = init(box, null, { renderer: 'svg' });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: css('--font-sans') },
    grid: { left: 72, right: 48, top: 24, bottom: 24 },
    xAxis: {
      type: 'value',
      max: Math.ceil((Math.max(target, ...seconds.map((s) => s ?? 0)) * 1.1) / 30) * 30,
      axisLabel: { color: mute, formatter: '{value} s' },
      splitLine: { lineStyle: { color: css('--line') } },
    },
    yAxis: {
      type: 'category',
      inverse: true,
      data: names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink } },
      axisLabel: { color: ink, fontSize: 13 },
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 16,
        label: { show: true, position: 'right', color: ink, formatter: '{c}' },
        data: seconds.map((s) => ({
          value: s ?? 0,
          label: { show: s !== null },
          itemStyle: { color: s !== null && s > target ? late : fine, borderColor: ink, borderWidth: 1 },
        })),
        markLine: {
          silent: true,
          symbol: 'none',
          lineStyle: { color: ink, width: 2, type: 'dashed' },
          label: { formatter: targetLabel, color: ink, position: 'start', distance: 4 },
          data: [{ xAxis: target }],
        },
      },
    ],
  });
  return kept(chart);
}

export interface Columns {
  names: string[];
  /** Null: not timed, an empty place. */
  seconds: (number | null)[];
  /** Each drill has its own. */
  targets: number[];
  /** Of a time in seconds, above its column. */
  label: (seconds: number) => string;
}

/** One column a drill, the oldest left, and its own target as a line across it. @returns how to take it away again */
export function drawDrills(box: HTMLElement, { names, seconds, targets, label }: Columns): () => void {
  const ink = css('--ink-1');
  const mute = css('--ink-2');
  const roomy = names.length <= 12;
  const chart = init(box, null, { renderer: 'svg' });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: css('--font-sans') },
    grid: { left: 48, right: 8, top: 24, bottom: 28 },
    xAxis: {
      type: 'category',
      data: names,
      axisTick: { show: false },
      axisLine: { lineStyle: { color: ink } },
      axisLabel: { color: ink, fontSize: 13, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      max: Math.ceil((Math.max(...targets, ...seconds.map((s) => s ?? 0)) * 1.1) / 30) * 30,
      axisLabel: { color: mute, formatter: label },
      splitLine: { lineStyle: { color: css('--line') } },
      interval: 60,
    },
    series: [
      {
        type: 'bar',
        barMaxWidth: 44,
        // Low in the column: above it, the line of the target would strike it out.
        label: { position: 'insideBottom', formatter: ({ value }: { value: number }) => label(value) },
        data: seconds.map((s, i) => {
          const slow = s !== null && s > (targets[i] ?? s);
          return {
            value: s ?? 0,
            label: { show: s !== null && roomy, color: css(slow ? '--on-caution' : '--on-safe') },
            itemStyle: {
              color: css(slow ? '--caution-fill' : '--safe-fill'),
              borderColor: ink,
              borderWidth: s === null ? 0 : 1,
            },
          };
        }),
      },
      {
        type: 'scatter',
        silent: true,
        symbol: 'rect',
        symbolSize: [roomy ? 60 : 20, 2],
        itemStyle: { color: ink },
        data: targets,
      },
    ],
  });
  return kept(chart);
}

function kept(chart: ReturnType<typeof init>): () => void {
  const fit = () => chart.resize();
  addEventListener('resize', fit);
  return () => {
    removeEventListener('resize', fit);
    chart.dispose();
  };
}
