package cli

import (
	"bufio"
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// exportPage is how many entries are in memory at once.
const exportPage = 500

// exporter writes entries in a format. The life is whose they are, nil for those of everybody.
type exporter func(ctx context.Context, t *till.Till, w io.Writer, l *life, entries iter.Seq2[domain.Entry, error]) error

// exporters are the formats of an export.
var exporters = map[string]exporter{"jsonl": exportLines, "csv": exportCSV, "mermaid": exportMermaid, "markdown": exportMarkdown}

func (a *app) journalExport() *cobra.Command {
	var format, ref string
	cmd := &cobra.Command{
		Use: "export", Short: "write the journal, or one life of it, for other programs and people", Args: takes(),
		Long: "jsonl has an entry a line, as journal list gives them; csv has their columns; mermaid is a picture of who told " +
			"whom; markdown is a story to read aloud.\n\nIn csv a text that begins with =, +, - or @, which a spreadsheet " +
			"would compute, has an apostrophe before it.",
	}
	export := a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
		var l *life
		if ref != "" {
			found, err := find(ctx, t, "order", ref)
			if err != nil {
				return err
			}
			l = &found
		}
		return a.export(ctx, t, format, l)
	})
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := oneOf("format", format, []string{"jsonl", "csv", "mermaid", "markdown"}); err != nil {
			return err
		}
		if format == "mermaid" && ref == "" {
			return wrongFlag("for", "is needed: mermaid draws one life")
		}
		return export(cmd, args)
	}
	cmd.Flags().StringVar(&format, "format", "jsonl", "jsonl, csv, mermaid or markdown")
	cmd.Flags().StringVar(&ref, "for", "", "only the life of what has this `ID`")
	return cmd
}

// export writes to stdout as it reads. With --json it is one document: a list of the entries, or the text.
func (a *app) export(ctx context.Context, t *till.Till, format string, l *life) error {
	if a.json {
		return a.exportJSON(ctx, t, format, l)
	}
	w := bufio.NewWriter(a.Out)
	if err := exporters[format](ctx, t, w, l, entriesOf(ctx, t, l)); err != nil {
		return err
	}
	return w.Flush()
}

func (a *app) exportJSON(ctx context.Context, t *till.Till, format string, l *life) error {
	if format == "jsonl" {
		var items []entryObject
		for e, err := range entriesOf(ctx, t, l) {
			if err != nil {
				return err
			}
			items = append(items, entryOf(e))
		}
		return writeJSON(a.Out, listOf(items, ""))
	}
	var text bytes.Buffer
	if err := exporters[format](ctx, t, &text, l, entriesOf(ctx, t, l)); err != nil {
		return err
	}
	return a.sayRaw(format, text.String())
}

// entriesOf gives the entries of a life, or (nil) of the whole journal, a page at a time.
func entriesOf(ctx context.Context, t *till.Till, l *life) iter.Seq2[domain.Entry, error] {
	stream := ""
	if l != nil {
		stream = l.stream
	}
	return func(yield func(domain.Entry, error) bool) {
		for after := domain.Seq(0); ; {
			entries, err := t.Store.Entries(ctx, stream, after, 0, exportPage)
			if err != nil {
				yield(domain.Entry{}, err)
				return
			}
			for _, e := range entries {
				if (l == nil || l.tells(e)) && !yield(e, nil) {
					return
				}
			}
			if len(entries) < exportPage {
				return
			}
			after = entries[len(entries)-1].Seq
		}
	}
}

func exportLines(_ context.Context, _ *till.Till, w io.Writer, _ *life, entries iter.Seq2[domain.Entry, error]) error {
	for e, err := range entries {
		if err != nil {
			return err
		}
		if err := writeJSON(w, entryOf(e)); err != nil {
			return err
		}
	}
	return nil
}

var entryColumns = []string{"seq", "at", "actor", "source", "stream", "subject", "order", "kind", "key", "body", "prev", "hash"}

func exportCSV(_ context.Context, _ *till.Till, w io.Writer, _ *life, entries iter.Seq2[domain.Entry, error]) error {
	table := csv.NewWriter(w)
	if err := table.Write(entryColumns); err != nil {
		return err
	}
	for e, err := range entries {
		if err != nil {
			return err
		}
		o := entryOf(e)
		order := ""
		if o.Order != nil {
			order = *o.Order
		}
		row := []string{
			fmt.Sprint(o.Seq), o.At, o.Actor, string(o.Source), o.Stream, o.Subject, order, string(o.Kind), o.Key,
			escapeUnseen(string(o.Body)), o.Prev, o.Hash,
		}
		for i, cell := range row {
			row[i] = noFormula(cell)
		}
		if err := table.Write(row); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}

// noFormula keeps a spreadsheet from computing a text: what begins as a formula does gets an apostrophe before it.
func noFormula(cell string) string {
	cell = domain.Inert(cell)
	if cell != "" && strings.ContainsRune("=+-@＝＋－＠", []rune(cell)[0]) {
		return "'" + cell
	}
	return cell
}

// lastOf gives the last entries of a life, or (nil) of the whole journal.
func lastOf(ctx context.Context, t *till.Till, l *life, size int) ([]domain.Entry, error) {
	if l == nil {
		newest, _, err := t.Store.Newest(ctx, "")
		if err != nil {
			return nil, err
		}
		return t.Store.Entries(ctx, "", max(0, newest.Seq-domain.Seq(size)), newest.Seq, 0)
	}
	entries, err := t.Store.Entries(ctx, l.stream, 0, 0, 0)
	entries = slices.DeleteFunc(entries, func(e domain.Entry) bool { return !l.tells(e) })
	return entries[max(0, len(entries)-size):], err
}
