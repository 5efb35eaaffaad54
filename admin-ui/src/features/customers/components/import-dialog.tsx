import { FileUp } from 'lucide-react'
import { useId, useState } from 'react'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/copy-button'
import { DialogContent, DialogFooter } from '@/components/ui/dialog'
import { Input } from '@/components/ui/input'
import { Label } from '@/components/ui/label'
import { Table, Td, Th } from '@/components/ui/table'
import { asProblem } from '@/lib/api'
import { formatBytes, formatCount } from '@/lib/format'
import { type Import, useImport } from '../api/queries'
import { formatOf } from '../metadata'

const EXAMPLE = 'external_id,phone,name,metadata.plan\nc-1001,+14155550100,Ada Lovelace,gold'

/** Bytes that the API takes. */
const LARGEST = 8 << 20

export function ImportDialog({ close }: { close: () => void }) {
  const done = useImport()
  return (
    <DialogContent title="Import customers" description={done.data ? undefined : 'Each row makes a customer, or changes the one with that id or phone. What a row leaves out stays as it is.'} className="max-w-2xl">
      {done.data ? <Report report={done.data} close={close} again={done.reset} /> : <Choose run={done.mutate} error={done.error} pending={done.isPending} close={close} />}
    </DialogContent>
  )
}

interface ChooseProps {
  run: (wanted: { file: File; type: string }) => void
  error: unknown
  pending: boolean
  close: () => void
}

function Choose({ run, error, pending, close }: ChooseProps) {
  const id = useId()
  const [file, setFile] = useState<File>()
  const type = file && formatOf(file.name)
  const fault = !file ? undefined : !type ? 'Its name must end in .csv, .jsonl or .ndjson.' : file.size > LARGEST ? `It has ${formatBytes(file.size)}: at most ${formatBytes(LARGEST)} are taken. Split it.` : undefined
  return (
    <form
      className="space-y-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (file && type && !fault) run({ file, type })
      }}
    >
      {error ? <Alert tone="destructive">{asProblem(error).detail}</Alert> : null}
      <div className="space-y-1.5">
        <Label htmlFor={id}>File</Label>
        <Input id={id} type="file" accept=".csv,.jsonl,.ndjson,text/csv,application/x-ndjson" className="h-auto py-1.5" aria-invalid={fault !== undefined} onChange={(event) => setFile(event.target.files?.[0])} />
        {fault && (
          <p role="alert" className="text-sm text-destructive-text">
            {fault}
          </p>
        )}
      </div>
      <div className="space-y-1.5 text-sm text-muted-foreground">
        <p>CSV with a first line that names the columns, or a JSON object a line:</p>
        <CodeBlock label="Copy the example">{EXAMPLE}</CodeBlock>
      </div>
      <DialogFooter>
        <Button onClick={close}>Cancel</Button>
        <Button type="submit" variant="primary" pending={pending} disabled={!file || fault !== undefined}>
          <FileUp aria-hidden />
          Import
        </Button>
      </DialogFooter>
    </form>
  )
}

function Report({ report: { created, updated, failed, faults }, close, again }: { report: Import; close: () => void; again: () => void }) {
  return (
    <div className="space-y-4" aria-live="polite">
      <Alert tone={failed > 0 ? 'warning' : 'success'}>
        {formatCount(created)} added, {formatCount(updated)} changed, {formatCount(failed)} left out.
      </Alert>
      {faults.length > 0 && (
        <div className="max-h-72 overflow-y-auto rounded-md border">
          <Table aria-label="Rows that were left out">
            <thead>
              <tr>
                <Th className="w-20">Line</Th>
                <Th>Why</Th>
              </tr>
            </thead>
            <tbody>
              {faults.map(({ line, why }) => (
                <tr key={line}>
                  <Td>{line}</Td>
                  <Td className="break-words">{why}</Td>
                </tr>
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {failed > faults.length && <p className="text-sm text-muted-foreground">The first {formatCount(faults.length)} are listed.</p>}
      {failed > 0 && <p className="text-sm text-muted-foreground">Put these rows right and import the file again: what is done already stays as it is.</p>}
      <DialogFooter>
        <Button onClick={again}>Import another file</Button>
        <Button variant="primary" onClick={close}>
          Done
        </Button>
      </DialogFooter>
    </div>
  )
}
