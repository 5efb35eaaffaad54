import { CircleAlert, CircleCheck, CircleMinus, LoaderCircle, } from 'lucide-react'
import { useEffect, useEffectEvent } from 'react'
import { Alert } from '@/components/ui/alert'
import { Button } from '@/components/ui/button'
import { DialogContent, DialogFooter } from '@/components/ui/dialog'
import { type Schema, asProblem } from '@/lib/api'
import { formatPhone } from '@/lib/format'
import { useTest } from '../api/queries'

/** Tests the number as soon as it is shown. */
export function TestReport({ number }: { number: Schema<'PhoneNumber'> }) {
  const test = useTest()
  const begin = useEffectEvent(() => test.mutate(number.id))
  useEffect(() => begin(), [])
  return (
    <DialogContent title={`Test of ${formatPhone(number.phone_number)}`} description="Twilio is asked for the account, the number and its settings; the server calls itself from outside.">
      <div aria-live="polite" className="min-h-40">
        <Result test={test} />
      </div>
      <DialogFooter>
        <Button pending={test.isPending} onClick={() => test.mutate(number.id)}>
          Test again
        </Button>
      </DialogFooter>
    </DialogContent>
  )
}

function Result({ test: { data, error, isPending } }: { test: ReturnType<typeof useTest> }) {
  if (isPending || (!data && !error)) {
    return (
      <p className="flex items-center gap-2 text-muted-foreground">
        <LoaderCircle className="size-4 animate-spin" aria-hidden />
        Asking Twilio…
      </p>
    )
  }
  if (!data) return <Alert tone="destructive">{asProblem(error).detail}</Alert>
  return (
    <div className="space-y-3">
      <Alert tone={data.passed ? 'success' : 'warning'} title={data.passed ? 'A call would come through' : 'A call would not come through as it should'} />
      <ul className="space-y-2.5">
        {data.checks.map((check) => (
          <Check key={check.check} check={check} />
        ))}
      </ul>
    </div>
  )
}

const LOOKS: Record<Schema<'Verdict'>, { icon: typeof CircleCheck; look: string; words: string }> = {
  ok: { icon: CircleCheck, look: 'text-success-text', words: 'Good' },
  failed: { icon: CircleAlert, look: 'text-destructive-text', words: 'Wrong' },
  skipped: { icon: CircleMinus, look: 'text-muted-foreground', words: 'Not tested' },
}

function Check({ check: { check, verdict, message } }: { check: Schema<'Check'> }) {
  const { icon: Icon, look, words } = LOOKS[verdict]
  const name = check.replaceAll('_', ' ')
  return (
    <li className="flex gap-2.5">
      <Icon className={`mt-0.5 size-4 shrink-0 ${look}`} role="img" aria-label={words} />
      <div className="min-w-0">
        <p className="font-medium first-letter:uppercase">{name}</p>
        <p className="text-sm break-words text-muted-foreground">{message}</p>
      </div>
    </li>
  )
}
