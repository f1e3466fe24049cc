/** Frames of the Waveshare Modbus RTU Relay as published, and CRC self-tests of yaacov/node-modbus-serial. */
const hex = (text: string): Uint8Array => Buffer.from(text.replaceAll(' ', ''), 'hex');

export const crcs = [
  { bytes: hex('01 02 03 04 05 06 07 08 09 00'), crc: 50227 },
  { bytes: hex('11 01 00 13 00 25'), crc: 33806 },
];

export const frames = {
  on0: hex('01 05 00 00 FF 00 8C 3A'),
  off0: hex('01 05 00 00 00 00 CD CA'),
  on1: hex('01 05 00 01 FF 00 DD FA'),
  off1: hex('01 05 00 01 00 00 9C 0A'),
  allOn: hex('01 05 00 FF FF 00 BC 0A'),
  allOff: hex('01 05 00 FF 00 00 FD FA'),
  read8: hex('01 01 00 00 00 08 3D CC'),
  flashOn0For700: hex('01 05 02 00 00 07 8D B0'),
  /** Slave 255, as some cheap boards leave the factory. */
  on0Of255: hex('FF 05 00 00 FF 00 99 E4'),
  replyAllOff: hex('01 01 01 00 51 88'),
  replyRelay1On: hex('01 01 01 01 90 48'),
  unknownAddress: hex('01 85 02 C3 51'),
};

/** Not sent by us, but of the same boards: the CRC must agree. */
export const others = [
  hex('01 0F 00 00 00 08 01 FF BE D5'),
  hex('01 0F 00 00 00 08 01 00 FE 95'),
  hex('00 03 40 00 00 01 90 1B'),
  hex('00 06 40 00 00 01 5C 1B'),
];
