export { type Bus, type BusOptions, connectBus, type Message, type Reply } from './bus.ts';
export { type ConsumeOptions, type Consumption, consume, type StreamMessage } from './consume.ts';
export { ensureStreams } from './streams.ts';
