/** Every key there is, `board.figure.offline`: a key that no text has does not compile, nor does one made from an open string. */
import type en from './en.json'

type Paths<T> = { [K in keyof T & string]: T[K] extends string ? K : `${K}.${Paths<T[K]>}` }[keyof T & string]

export type TextKey = Paths<typeof en>
