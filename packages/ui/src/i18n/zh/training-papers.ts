/** The month's training ledger 培训台账, on paper and as a sheet. Sorted. */
export const trainingPapers = {
  columns: {
    course: '课程',
    date: '日期',
    hours: '学时',
    name: '姓名',
    place: '地点',
    result: '考核',
    signIn: '签到',
    topic: '内容',
    trainer: '讲师',
  },
  failed: (score: number) => `${score} 分，不合格`,
  none: '不考核',
  notYet: '未考核',
  passed: (score: number) => `${score} 分，合格`,
  people: (n: number) => `共 ${n} 人次`,
  sheet: '培训台账',
  signatures: ['填表人', '负责人', '日期'],
  title: (month: string) => `培训台账 ${month}`,
  via: { card: '刷卡', name: '手工', vouched: '忘带卡' },
};
