import { formatDateTime, formatRelative } from '@/lib/format'

/** `5 min. ago`, with the exact time on hover and for machines. */
export function Time({ at }: { at: string }) {
  return (
    <time dateTime={at} title={formatDateTime(at)} className="whitespace-nowrap">
      {formatRelative(at)}
    </time>
  )
}
