export function isPassing(output: string): boolean
export function npmFailure(what: string, output: string, code: number | null): string
