import type { TrainingRouter } from '@anyuan/training/router';
import { createTRPCClient } from '@trpc/client';
import type { TrainingClient } from '../clients/training.ts';
import { learningApi } from './learning.ts';
import { type Caller, overHttp } from './transport.ts';

export function trainingApi(caller: Caller): TrainingClient {
  const { call, done } = caller;
  const url = '/api/training/trpc';
  const http = createTRPCClient<TrainingRouter>({ links: [overHttp(url)] });
  /** A person's id is his name in the school's list, and must not stand in a URL: that question goes as a POST. */
  const personal = createTRPCClient<TrainingRouter>({ links: [overHttp(url, { methodOverride: 'POST' })] });

  return {
    learning: learningApi(caller),
    peopleImport: {
      check: (base64) => call(http.checkPeople.mutate({ base64 })),
      bring: (sheet) => call(http.importPeople.mutate(sheet)),
      undo: (id) => call(http.undoPeopleImport.mutate({ id })),
      list: () => call(http.peopleImports.query()),
    },
    matrix: () => call(http.matrix.query({})),
    reminders: () => call(http.reminders.query()),

    mine: () => call(http.mine.query()),

    people: () => call(personal.people.query({})),
    savePerson: (person) => done(http.savePerson.mutate(person)),
    record: (person) => call(personal.staffRecord.query({ person })),
    addCertificate: (certificate) => done(http.addCertificate.mutate(certificate)),
    withdrawCertificate: (command) => done(http.withdrawCertificate.mutate(command)),
    addScan: (scan) => done(http.addScan.mutate(scan)),
    showNumber: async (command) => (await call(http.showCertificateNumber.mutate(command))).number,
    readings: (certificate) => call(http.certificateReadings.query({ certificate })),
    recordVetting: (vetting) => done(http.recordVetting.mutate(vetting)),
    recordFiling: (filing) => done(http.recordFiling.mutate(filing)),

    staffing: () => call(http.staffing.query()),
    setHeadcount: (headcount) => done(http.setHeadcount.mutate(headcount)),
    shifts: (from, to) => call(http.shifts.query({ from, to })),
    planShifts: (shifts) => done(http.planShifts.mutate({ shifts })),
    putOnShift: (command) => call(http.putOnShift.mutate(command)),
    takeOffShift: (command) => done(http.takeOffShift.mutate(command)),
    removeShift: (shift, reason) => done(http.removeShift.mutate({ shift, reason })),

    equipment: () => call(http.equipment.query()),
    saveGuardRoom: (gate, name) => done(http.saveGuardRoom.mutate({ gate, name })),
    saveEquipment: (item) => done(http.saveEquipment.mutate(item)),
    retireEquipment: (equipment, reason) => done(http.retireEquipment.mutate({ equipment, reason })),
    inspectEquipment: (inspection) => done(http.inspectEquipment.mutate(inspection)),
    recordCheck: (check) => call(http.recordEquipmentCheck.mutate(check)),
  };
}
