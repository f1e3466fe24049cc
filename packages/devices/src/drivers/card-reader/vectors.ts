/** Cards as they stand in public documents (Seeed's data sheet, hobbycomponents forum, vendors' pages). */
export const published = [
  { number: '100086F444', checksum: '26', printed: '0008844356' },
  { number: '3C00CE754C', checksum: 'CB', printed: '0013530444' },
  { number: '62E3086CED', checksum: '08', printed: '3808980205' },
] as const;

/** The first of them as it stands on the wire. */
export const frame = Buffer.from('02 31303030383646343434 3236 03'.replaceAll(' ', ''), 'hex');
