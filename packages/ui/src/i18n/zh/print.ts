/** What stands on paper and in sheets: the frame that all share, then one area for each form. */
import type { HazardFilter, HazardLevel, HazardStatus, HazardView } from '@anyuan/contracts';

export const print = {
  date: '日期',
  filledBy: '填表人',
  /** On every page. */
  frame: {
    brokenImage: '图片无法读取',
    nothing: '没有记录',
    page: (page: number, of: number) => `第 ${page} 页 共 ${of} 页`,
  },
  hazards: {
    count: (n: number) => `${n} 项`,
    daysLate: '逾期天数',
    deadline: '整改期限',
    details: '情况说明',
    evidence: '整改情况',
    fixed: '完成日期',
    fixer: '整改人',
    late: '逾期未改',
    lateBy: (days: number) => `晚 ${days} 天`,
    level: '级别',
    levels: { byDate: '限期整改', mendNow: '立即整改', supervised: '挂牌督办' } satisfies Record<HazardLevel, string>,
    meanwhile: (stopgap: string) => `临时措施：${stopgap}`,
    measure: '整改措施',
    number: '编号',
    owner: '责任人',
    place: '位置',
    reason: '退回原因',
    reported: '登记日期',
    reporter: '登记人',
    source: '来源',
    sources: { finding: '演练发现', inspection: '排查', report: '上报' } satisfies Record<
      HazardView['source']['kind'],
      string
    >,
    status: '状态',
    statuses: {
      assigned: '整改中',
      fixed: '待复核',
      rejected: '不是隐患',
      reopened: '退回整改',
      reported: '待分派',
      verified: '已销号',
    } satisfies Record<HazardStatus, string>,
    stillOpen: '未销号',
    stopgap: '临时措施',
    title: { all: '隐患台账', late: '逾期隐患清单', open: '未销号隐患清单' } satisfies Record<HazardFilter, string>,
    total: '合计',
    verified: '复核日期',
    verifier: '复核人',
    what: '隐患',
  },
  inCharge: '负责人',
  printed: (at: string, by: string) => `${at} ${by}打印`,
};
