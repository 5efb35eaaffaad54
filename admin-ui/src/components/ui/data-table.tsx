import type { ReactNode } from 'react'
import type { CursorList } from '@/lib/api'
import { cn } from '@/lib/cn'
import { Button } from './button'
import { Card } from './card'
import { Skeleton } from './skeleton'
import { ErrorState } from './states'
import { Table, Td, Th } from './table'

export interface Column<T> {
  id: string
  header: ReactNode
  cell: (row: T) => ReactNode
  /** For the head and the cells: `w-32`, `text-right`, `hidden md:table-cell`. */
  className?: string
}

interface DataTableProps<T> {
  /** What the table lists, for screen readers. */
  label: string
  columns: readonly Column<T>[]
  list: CursorList<T>
  rowKey: (row: T) => string
  empty: ReactNode
  /** Skeleton rows. */
  expected?: number
}

/** A list that comes page by page, with its loading, empty and error states. The first cell should hold the row's link. */
export function DataTable<T>({ label, columns, list, rowKey, empty, expected = 5 }: DataTableProps<T>) {
  const { items, error, isPending } = list
  if (error && !items) {
    return (
      <Card>
        <ErrorState error={error} retry={() => void list.refetch()} />
      </Card>
    )
  }
  if (items?.length === 0) return <Card>{empty}</Card>
  return (
    <>
      <Card className="overflow-hidden">
        <Table aria-label={label} aria-busy={isPending}>
          <thead>
            <tr>
              {columns.map((column) => (
                <Th key={column.id} className={column.className}>
                  {column.header}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items
              ? items.map((row) => (
                  <tr key={rowKey(row)} className="hover:bg-muted/50">
                    {columns.map((column) => (
                      <Td key={column.id} className={column.className}>
                        {column.cell(row)}
                      </Td>
                    ))}
                  </tr>
                ))
              : Array.from({ length: expected }, (_, row) => (
                  <tr key={row}>
                    {columns.map((column, at) => (
                      <Td key={column.id} className={column.className}>
                        <Skeleton className={cn('h-4', at === 0 ? 'w-40' : 'w-20')} />
                      </Td>
                    ))}
                  </tr>
                ))}
          </tbody>
        </Table>
      </Card>
      <LoadMore list={list} />
    </>
  )
}

/** The next page of a list, where there is one. */
export function LoadMore<T>({ list }: { list: CursorList<T> }) {
  if (!list.hasNextPage) return null
  return (
    <div className="mt-4 flex justify-center">
      <Button pending={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
        Show more
      </Button>
    </div>
  )
}
