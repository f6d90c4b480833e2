/** What these programs use of Node. */

declare module 'node:async_hooks' {
  export class AsyncLocalStorage<T> {
    run<R>(store: T, work: () => R): R
    getStore(): T | undefined
  }
}

declare module 'node:readline' {
  export function createInterface(options: { input: unknown }): AsyncIterable<string>
}

declare const process: {
  readonly stdin: unknown
  readonly stdout: { write(text: string): void }
  on(event: 'unhandledRejection', handler: (reason: unknown) => void): void
  exit(status: number): never
}
