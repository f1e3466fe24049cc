/**
 * How many guards a school must have (E1, H11), with the arithmetic. Rules are rows with a version, never code: a new notice
 * is a new row, and a result says which one it was computed by.
 *
 * `notices` (requirement E1, public notices of Guilin/Guangxi and Pingdingshan): under 100 people (pupils and staff) 1; 100 to
 * 1000 people 2; above 1000 one more per 500. "Above 1000" leaves 1,000 itself in the band before; "one more per 500" is read as
 * one for each 500 *begun*, since a school of 1,160 is above 1000 and would gain nothing otherwise: 1,001–1,500 → 3, 1,501 → 4.
 * A boarding school: at least 2, and one more for each 300 boarders begun on top (300 → 1, 301 → 2). Pupils and staff are
 * counted together above 1000 too; the notices say "pupils" for the step and do not say whom they left out.
 *
 * `gbt29315` (GB/T 29315-2022): the standard itself was not read. Public summaries (Chongqing security association, 2022-06-13)
 * give: pupils under 100 at least 1; 1000 *and above* at least 3; then one more for each further 500. So 1,000 → 3 and
 * 1,500 → 4, one guard earlier than the notices at each limit. Not confirmed, and marked so in the steps: 2 for 100–999, and
 * the boarders' figures, which are taken from the notices.
 */
import type { GuardsRequired, Headcount, RuleSetId, StaffingStep, Worded } from '@anyuan/contracts';

interface RuleSet {
  version: string;
  source: Worded;
  /** Whom the size of the school counts. */
  counts: 'pupilsAndStaff' | 'pupils';
  /** The first row whose limit is above the count. */
  bands: readonly { below: number; guards: number; text: Worded; verified: boolean }[];
  /** From this count on: so many more for each step begun. */
  excess: { from: number; per: number };
  boarding: { atLeast: number; per: number; verified: boolean };
}

const under100: Worded = { zh: '不足 100 人配 1 名', en: 'under 100 people: 1 guard' };
const RULE_SETS: Record<RuleSetId, RuleSet> = {
  notices: {
    version: '2019',
    source: { zh: '公开通知（专职保安员配备）', en: 'Public notices on school guards' },
    counts: 'pupilsAndStaff',
    bands: [
      { below: 100, guards: 1, text: under100, verified: true },
      {
        below: 1_001,
        guards: 2,
        text: { zh: '100 人至 1000 人配 2 名', en: '100 to 1000 people: 2 guards' },
        verified: true,
      },
      {
        below: Infinity,
        guards: 2,
        text: { zh: '1000 人以内 2 名', en: 'up to 1000 people: 2 guards' },
        verified: true,
      },
    ],
    excess: { from: 1_001, per: 500 },
    boarding: { atLeast: 2, per: 300, verified: true },
  },
  gbt29315: {
    version: '2022',
    source: {
      zh: 'GB/T 29315-2022（依公开摘要，未核对原文）',
      en: 'GB/T 29315-2022 (by public summaries, not checked against its text)',
    },
    counts: 'pupils',
    bands: [
      { below: 100, guards: 1, text: under100, verified: true },
      {
        below: 1_000,
        guards: 2,
        text: { zh: '100 人以上不足 1000 人配 2 名', en: '100 to 999 people: 2 guards' },
        verified: false,
      },
      {
        below: Infinity,
        guards: 2,
        text: { zh: '不足 1000 人部分 2 名', en: 'the first 999 people: 2 guards' },
        verified: true,
      },
    ],
    excess: { from: 1_000, per: 500 },
    boarding: { atLeast: 2, per: 300, verified: false },
  },
};

export function guardsRequired(id: RuleSetId, headcount: Headcount): GuardsRequired {
  const rules = RULE_SETS[id];
  const { pupils, staff, boarders } = headcount;
  const count = rules.counts === 'pupils' ? pupils : pupils + staff;
  const steps: StaffingStep[] = [];
  let guards = 0;
  const step = (
    name: StaffingStep['step'],
    more: number,
    numbers: Record<string, number>,
    text: Worded,
    verified = true,
  ) => {
    guards += more;
    steps.push({ step: name, numbers, guards: more, text, verified });
  };
  step('count', 0, { pupils, staff, count }, countText(rules, headcount, count));
  const band = rules.bands.find((b) => count < b.below);
  if (band) step('base', band.guards, { count }, band.text, band.verified);
  const { from, per } = rules.excess;
  if (count >= from) {
    // 1,001 begins the first step of the notices; 1,000 that of the standard.
    const excess = count - 1_000;
    const more = Math.floor((count - from) / per) + 1;
    step('excess', more, { excess, per }, excessText(id, excess, per, more));
  }
  if (boarders > 0) {
    const { atLeast, per: each, verified } = rules.boarding;
    if (guards < atLeast) {
      const text = { zh: `寄宿制学校至少 ${atLeast} 名`, en: `a boarding school: at least ${atLeast}` };
      step('boardingFloor', atLeast - guards, { atLeast }, text, verified);
    }
    const more = Math.ceil(boarders / each);
    const text = {
      zh: `寄宿生 ${n(boarders)} 人，每 ${each} 人另增 1 名（不足 ${each} 人按 ${each} 人计） → ${more} 名`,
      en: `${n(boarders)} boarders, one more for each ${each} begun → ${more}`,
    };
    step('boarders', more, { boarders, per: each }, text, verified);
  }
  step('total', 0, { guards }, { zh: `共 ${guards} 名`, en: `${guards} in all` });
  return { ruleSet: id, version: rules.version, source: rules.source, guards, steps };
}

/** The arithmetic as one sentence. */
export const staffingSentence = ({ steps }: GuardsRequired, language: keyof Worded): string =>
  steps.map(({ text }) => text[language]).join(language === 'zh' ? '；' : '; ');

const n = (value: number): string => value.toLocaleString('en-US');

const countText = (rules: RuleSet, { pupils, staff }: Headcount, count: number): Worded =>
  rules.counts === 'pupils'
    ? { zh: `${n(pupils)} 学生`, en: `${n(pupils)} pupils` }
    : {
        zh: `${n(pupils)} 学生 + ${n(staff)} 教职工 = ${n(count)} 人`,
        en: `${n(pupils)} pupils + ${n(staff)} staff = ${n(count)} people`,
      };

const excessText = (id: RuleSetId, excess: number, per: number, more: number): Worded =>
  id === 'notices'
    ? {
        zh: `超过部分 ${n(excess)} 人按每 ${per} 人增 1 名（不足 ${per} 人按 ${per} 人计） → ${more} 名`,
        en: `${n(excess)} above 1000, one more for each ${per} begun → ${more}`,
      }
    : {
        zh: `达到 1000 人增 1 名，其后每满 ${per} 人再增 1 名（超出 ${n(excess)} 人） → ${more} 名`,
        en: `one more at 1000, then one for each full ${per} beyond (${n(excess)} beyond) → ${more}`,
      };
