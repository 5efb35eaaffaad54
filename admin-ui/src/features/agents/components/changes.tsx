import { useQuery } from '@tanstack/react-query'
import { diffWordsWithSpace } from 'diff'
import { allTools } from '@/lib/catalogue'
import { type Change, changesBetween } from '../model/changes'
import type { Settings } from '../model/form'

/** What differs, field by field; inside long texts, word by word. */
export function Changes({ before, after, none }: { before: Settings; after: Settings; none: string }) {
  const { data: tools } = useQuery(allTools)
  const changes = changesBetween(before, after, (id) => tools?.find((tool) => tool.id === id)?.name ?? id)
  if (changes.length === 0) return <p className="text-muted-foreground">{none}</p>
  return (
    <dl className="divide-y rounded-md border">
      {changes.map((change) => (
        <div key={change.path} className="px-3 py-2.5">
          <dt className="text-sm font-medium">{change.label}</dt>
          <dd className="mt-1 text-sm">{change.isText ? <TextDiff change={change} /> : <Values change={change} />}</dd>
        </div>
      ))}
    </dl>
  )
}

const GONE = 'rounded-sm bg-destructive-soft px-0.5 text-destructive-text'
const NEW = 'rounded-sm bg-success-soft px-0.5 text-success-text no-underline'

function Values({ change: { before, after } }: { change: Change }) {
  return (
    <span className="flex flex-wrap items-center gap-2">
      <del className={GONE}>{before || 'Default'}</del>
      <span aria-hidden className="text-muted-foreground">
        →
      </span>
      <ins className={NEW}>{after || 'Default'}</ins>
    </span>
  )
}

function TextDiff({ change: { before, after } }: { change: Change }) {
  return (
    <div className="max-h-96 overflow-y-auto whitespace-pre-wrap break-words">
      {diffWordsWithSpace(before, after).map((part, at) =>
        part.added ? (
          <ins key={at} className={NEW}>
            {part.value}
          </ins>
        ) : part.removed ? (
          <del key={at} className={GONE}>
            {part.value}
          </del>
        ) : (
          <span key={at}>{part.value}</span>
        ),
      )}
    </div>
  )
}
