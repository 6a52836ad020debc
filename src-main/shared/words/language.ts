/** Every phrase is there in each of them: adding one here makes the table of phrases not compile until it is whole. */
export const LANGUAGES = ['en', 'zh-CN'] as const
export type Language = (typeof LANGUAGES)[number]
