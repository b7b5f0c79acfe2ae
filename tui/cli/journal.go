package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// entryObject is an entry as its columns are named in the database.
type entryObject struct {
	Seq      domain.Seq      `json:"seq"`
	At       string          `json:"at"`
	Actor    string          `json:"actor"`
	Override string          `json:"override,omitempty"` // who had to stand by
	Source   domain.Origin   `json:"source"`
	Stream   string          `json:"stream"`
	Subject  string          `json:"subject"`
	Order    *string         `json:"order"`
	Kind     domain.Kind     `json:"kind"`
	Key      string          `json:"key"`
	Body     json.RawMessage `json:"body"`
	Prev     string          `json:"prev"`
	Hash     string          `json:"hash"`
}

func entryOf(e domain.Entry) entryObject {
	object := entryObject{
		Seq: e.Seq, At: domain.FormatTime(e.At), Actor: e.Actor, Source: e.Source, Stream: e.Stream, Subject: e.Subject,
		Override: domain.OverriddenBy(e), Kind: e.Kind, Key: e.Key, Body: e.Body, Prev: e.Prev, Hash: e.Hash,
	}
	if strings.HasPrefix(e.Stream, "ord_") {
		object.Order = &e.Stream
	}
	return object
}

func (a *app) journal() *cobra.Command {
	return a.group("journal", "the list of everything that happened",
		a.journalList(), a.journalTail(), a.journalExport(), a.journalVerify(), a.journalRebuild())
}

func (a *app) journalList() *cobra.Command {
	var ref string
	var after int64
	var size int
	cmd := &cobra.Command{
		Use: "list", Short: "list entries, oldest first", Args: takes(),
		RunE: a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
			if size < 1 || size > maxSize {
				return wrongFlag("size", "must be 1 to 1000")
			}
			entries, err := entriesFor(ctx, t, ref, domain.Seq(after), size)
			if err != nil {
				return err
			}
			next := ""
			if len(entries) > size {
				entries = entries[:size]
				next = fmt.Sprint(entries[size-1].Seq)
			}
			return a.sayEntries(entries, next)
		}),
	}
	cmd.Flags().StringVar(&ref, "for", "", "only the life of what has this `ID`: an order, payment, refund, dispute, customer, mandate ...")
	cmd.Flags().Int64Var(&after, "after", 0, "entries after this `SEQ`")
	cmd.Flags().IntVar(&size, "size", 100, "how many, at most 1000")
	return cmd
}

// entriesFor gives one entry more than asked for where there are more. The life of one order is short enough
// to be read as a whole.
func entriesFor(ctx context.Context, t *till.Till, ref string, after domain.Seq, size int) ([]domain.Entry, error) {
	if ref == "" {
		return t.Store.Entries(ctx, "", after, 0, size+1)
	}
	l, err := find(ctx, t, "order", ref)
	if err != nil {
		return nil, err
	}
	entries, err := t.Store.Entries(ctx, l.stream, after, 0, 0)
	return slices.DeleteFunc(entries, func(e domain.Entry) bool { return !l.tells(e) }), err
}

func (a *app) sayEntries(entries []domain.Entry, next string) error {
	items := make([]entryObject, len(entries))
	rows := make([][]string, len(entries))
	for i, e := range entries {
		items[i] = entryOf(e)
		rows[i] = []string{fmt.Sprint(e.Seq), when(e.At), actorOf(e), string(e.Source), string(e.Kind), e.Subject, e.Hash[:min(12, len(e.Hash))]}
	}
	return a.say(listOf(items, next), func(p *page) {
		p.table("", "rllllll", rows)
		p.more(next)
	})
}

// actorOf is who did it, and behind them who had to stand by.
func actorOf(e domain.Entry) string {
	if by := domain.OverriddenBy(e); by != "" {
		return e.Actor + " (" + by + ")"
	}
	return e.Actor
}

func (a *app) journalVerify() *cobra.Command {
	return &cobra.Command{
		Use: "verify", Short: "check that every entry stands as it was written", Args: takes(),
		RunE: a.opened(func(ctx context.Context, t *till.Till, _ []string) error {
			over := a.watch(func() string { return "checking the journal" })
			verdict, err := t.Store.Verify(ctx)
			over()
			if err != nil {
				return err
			}
			if err := a.say(verdict, func(p *page) { showVerdict(p, verdict) }); err != nil || verdict.OK {
				return err
			}
			return domain.Errorf(domain.CodeStorageCorrupt, "the journal does not stand as it was written").
				WithHint("keep a copy of the file as it is, and go back to a backup")
		}),
	}
}

func showVerdict(p *page, v domain.Verdict) {
	p.line("%d entries, the last is %s", v.Entries, orDash(v.Head))
	for _, b := range v.Broken {
		p.line("  entry %d %s: %s", b.Seq, b.Subject, b.What)
	}
	if v.OK {
		p.line("all of them stand as they were written")
	}
}

func (a *app) journalRebuild() *cobra.Command {
	return &cobra.Command{
		Use: "rebuild", Short: "make the lists and the search anew from the journal", Args: takes(),
		RunE: a.opened(func(ctx context.Context, t *till.Till, _ []string) error {
			over := a.watch(func() string { return "making the views anew" })
			err := t.Store.Rebuild(ctx)
			over()
			if err != nil {
				return err
			}
			return a.say(map[string]bool{"ok": true}, func(p *page) { p.line("the views were made anew") })
		}),
	}
}
