/** What a comment or a page points at, and whether it is there. Pure, so that a made-up path can be shown to it. */

/** The words of a file that people read: comments of code, all of a page outside its fenced blocks. Line numbers stay what they are. */
export function prose(path: string, text: string): string {
  const blank = (part: string): string => part.replace(/[^\n]/g, ' ')
  if (path.endsWith('.md')) return text.replace(/^ *(```|~~~)[\s\S]*?^ *\1/gm, blank)
  const kept: string[] = []
  let end = 0
  // Strings first, so that `https://…` and `'/*'` inside one are no comment.
  const piece =
    /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|<!--[\s\S]*?-->|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g
  for (const match of text.matchAll(piece)) {
    const comment = /^(?:<!--|\/\*|\/\/)/.test(match[0])
    kept.push(blank(text.slice(end, match.index)), comment ? match[0] : blank(match[0]))
    end = match.index + match[0].length
  }
  return kept.join('') + blank(text.slice(end))
}

export interface Pointer {
  readonly line: number
  readonly target: string
}

/** What stands for many names, for a name of the reader's own, or is made when something runs. */
const OPEN = /[*<>{}…|]|\b[A-Z]{4,}\b(?!\.md)|NAME/
const ENDING = /\.(?:md|ts|mts|mjs|vue|json|css|java|yml|tsv)$/
/** First words of a path that begin at a folder of ours, whole or from further down. */
const FOLDERS =
  /^(?:src-main|src-renderer|test|tools|docs|resources|contract|domain|kafka|monitor|change|history|profiles|ipc|shell|compose|preload|ports|shared|inspect|bridge|stores|features|charts|ui|app|locales|guards|facts)\//

/** Bare endings, and files of others: Kafka's, npm's, and what a build, the app or a sandbox writes. */
const FOREIGN =
  /^(?:\.\w+|out\/.*|[A-Z][A-Za-z]+\.(?:java|json)|package\.json|state\.json|path\.txt|kafka-[a-z-]+\.sh|report\.(?:md|json|csv)|client\.properties|board\.png)$|\.(?:asar|db|log)$/

/** Repository paths, pages and bare file names in prose; each once a line. */
export function pointersIn(text: string): Pointer[] {
  return text.split('\n').flatMap((words, at) => {
    const linked = [...words.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => match[1] ?? '')
    const rest = words.replace(/\]\([^)\s]+\)/g, ']').replace(/\w+:\/\/\S+/g, '')
    const named = [...rest.matchAll(/(?<![\w@./~$-])(?:\.{1,2}\/)*[\w.*{}<>…-]+(?:\/[\w.*{}<>…-]*)*/g)]
      .map(([word]) => word.replace(/[.…]+$/, ''))
      .filter((word) => ENDING.test(word) || FOLDERS.test(word))
    const targets = [...linked.filter((target) => !/^(?:\w+:|#)/.test(target)).map(withoutAnchor), ...named]
    return [...new Set(targets)]
      .filter((target) => target !== '' && !OPEN.test(target) && !FOREIGN.test(target))
      .map((target) => ({ line: at + 1, target }))
  })
}

const withoutAnchor = (target: string): string => target.replace(/#.*$/, '')

const normal = (path: string): string =>
  path
    .split('/')
    .reduce<string[]>((parts, part) => {
      if (part === '..') parts.pop()
      else if (part !== '.' && part !== '') parts.push(part)
      return parts
    }, [])
    .join('/')

/**
 * Whether a target is there, read from `file`: a path from the file's own folder, from the root, or the end of a path anywhere (`guards/index.ts`). A
 * name of a file without its ending counts (`shared/states`), and so does a folder.
 */
export function resolver(files: readonly string[]): (file: string, target: string) => boolean {
  const ends = new Set<string>()
  const paths = new Set<string>()
  for (const file of files) {
    const parts = file.split('/')
    for (let to = 1; to <= parts.length; to++) {
      const path = parts.slice(0, to)
      const bare = [...path.slice(0, -1), (path.at(-1) ?? '').replace(/(?:\.d)?\.\w+$/, '')]
      for (const form of to === parts.length ? [path, bare] : [path]) {
        paths.add(form.join('/'))
        for (let from = 0; from < form.length; from++) ends.add(form.slice(from).join('/'))
      }
    }
  }
  return (file, target) => {
    const folder = file.split('/').slice(0, -1).join('/')
    if (target.startsWith('.')) return paths.has(normal(`${folder}/${target}`))
    return paths.has(normal(`${folder}/${target}`)) || ends.has(normal(target))
  }
}
