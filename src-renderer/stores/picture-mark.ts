import type { FrameView } from './frame-view'

/** User Timing entry of the newest picture the page took over: for developer tools and the benches, which measure detection by it. */
export const PICTURE_MARK = 'highwater:picture'

export function markPicture(view: FrameView, rows: number): void {
  performance.clearMarks(PICTURE_MARK)
  performance.mark(PICTURE_MARK, {
    detail: { seq: view.seq, takenAt: view.takenAt, rows, counts: view.summary.counts },
  })
}
