/** The part of echarts that draws one bar a class and the target. Loaded when a chart is on the screen, not before. */
import { BarChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

use([BarChart, GridComponent, MarkLineComponent, SVGRenderer]);

export interface Bars {
  names: string[];
  seconds: (number | null)[];
  target: number;
  targetLabel: string;
}

const css = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** @returns how to take it away again */
export function draw(box: HTMLElement, { names, seconds, target, targetLabel }: Bars): () => void {
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
  const fit = () => chart.resize();
  addEventListener('resize', fit);
  return () => {
    removeEventListener('resize', fit);
    chart.dispose();
  };
}
