import { onBeforeUnmount, onMounted } from 'vue'
import { useRouter } from 'vue-router'
import { useBridge } from '../bridge/bridge'
import type { DroppedFile } from '../stores/dropped-files'
import { useDroppedFilesStore } from '../stores/dropped-files'

/** Settings of a client and PEM files are some kilobytes. */
const MAX_BYTES = 1_048_576

/** Files that fall on the window, wherever: they say how a cluster is reached, so the list of clusters opens its form with them. */
export function useDroppedFiles(): void {
  const router = useRouter()
  const bridge = useBridge()
  const dropped = useDroppedFilesStore()
  const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') === true

  function over(event: DragEvent): void {
    if (!hasFiles(event)) return
    event.preventDefault()
    event.dataTransfer!.dropEffect = 'copy'
  }
  async function drop(event: DragEvent): Promise<void> {
    if (!hasFiles(event)) return
    event.preventDefault()
    const files = await Promise.all(
      Array.from(event.dataTransfer!.files, async (file): Promise<DroppedFile> => ({
        name: file.name,
        path: bridge.pathOf(file),
        // A folder cannot be read.
        text: file.size > MAX_BYTES ? null : await file.text().catch(() => null),
      })),
    )
    dropped.files = files
    await router.push({ name: 'connect' })
  }
  const onDrop = (event: DragEvent): void => void drop(event)
  onMounted(() => {
    window.addEventListener('dragover', over)
    window.addEventListener('drop', onDrop)
  })
  onBeforeUnmount(() => {
    window.removeEventListener('dragover', over)
    window.removeEventListener('drop', onDrop)
  })
}
