import { Check, Copy } from 'lucide-react'
import { useState } from 'react'
import { cn } from '@/lib/cn'
import { Button } from './button'
import { toast } from './toast'

/** Copies `text`; `label` says what it is: "Copy key". */
export function CopyButton({ text, label = 'Copy', className }: { text: string; label?: string; className?: string }) {
  const [copied, setCopied] = useState(false)
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text)
      setCopied(true)
      window.setTimeout(() => setCopied(false), 1500)
    } catch {
      toast.error('The browser does not let this page copy: select the text instead.')
    }
  }
  return (
    <Button variant="ghost" size="icon-sm" className={className} aria-label={copied ? 'Copied' : label} title={label} onClick={() => void copy()}>
      {copied ? <Check aria-hidden /> : <Copy aria-hidden />}
    </Button>
  )
}

/** Text for machines, to be copied: an address, a key, a command. */
export function CodeBlock({ children, className, label }: { children: string; className?: string; label?: string }) {
  return (
    <div className={cn('flex items-start gap-1 rounded-md border bg-muted py-1 pr-1 pl-3', className)}>
      <pre className="min-w-0 flex-1 overflow-x-auto py-1 font-mono text-sm whitespace-pre-wrap break-all">{children}</pre>
      <CopyButton text={children} label={label} />
    </div>
  )
}
