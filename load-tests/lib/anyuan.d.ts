/** What our build of k6 brings to a script (`k6/main.go`). Every call blocks its virtual user, as `http.post` does. */
declare module 'k6/x/anyuan' {
  /** Milliseconds, with fractions, of the clock that stamps the reports. */
  export function now(): number;

  export interface Fleet {
    /** Connections that broke so far. */
    broken(): number;
    close(): void;
  }
  /** Connects the devices of a file (`PlannedDevice[]`); done when the last has been granted all its topics. */
  export function openFleet(url: string, devicesFile: string): Fleet;

  export interface Observer {
    /** The moment of each device's first report. Waits until so many have reported, or patience ends. */
    all(incident: string, quiet: boolean, devices: number, patienceMs: number): number[];
    /** Reports beyond a device's first, of all incidents. */
    repeats(): number;
    close(): void;
  }
  export function openObserver(url: string, name: string, password: string, reported: string): Observer;

  export interface Button {
    publish(topic: string, text: string): void;
    close(): void;
  }
  export function openButton(url: string, name: string, password: string): Button;
}
