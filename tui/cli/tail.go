package cli

import (
	"context"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

func (a *app) journalTail() *cobra.Command {
	var ref string
	var size int
	cmd := &cobra.Command{
		Use: "tail", Short: "print the last entries, and those that come, until it is interrupted", Args: takes(),
	}
	cmd.RunE = a.reads(func(ctx context.Context, t *till.Till, _ []string) error {
		switch {
		case size < 0 || size > maxSize:
			return wrongFlag("size", "must be 0 to 1000")
		case a.performed:
			return domain.Errorf(domain.CodeUsage, "%s never ends, so no scenario can use it", cmd.CommandPath()).WithHint("see: till journal list")
		}
		var l *life
		if ref != "" {
			found, err := find(ctx, t, "order", ref)
			if err != nil {
				return err
			}
			l = &found
		}
		return a.tail(ctx, t, l, size)
	})
	cmd.Flags().StringVar(&ref, "for", "", "only the life of what has this `ID`")
	cmd.Flags().IntVar(&size, "size", 10, "how many of the last entries to begin with")
	return cmd
}

// tail goes on until ctx ends. As nothing else ends it, that is its usual end and no failure.
func (a *app) tail(ctx context.Context, t *till.Till, l *life, size int) error {
	news := t.Store.Changed(ctx) // before the first look, so that nothing comes between
	newest, _, err := t.Store.Newest(ctx, "")
	if err != nil {
		return err
	}
	entries, err := lastOf(ctx, t, l, size)
	if err != nil {
		return err
	}
	for last := newest.Seq; ; {
		for _, e := range entries {
			last = max(last, e.Seq)
			if err := a.sayEntry(e); err != nil {
				return err
			}
		}
		if _, more := <-news; !more {
			return nil
		}
		if entries, err = a.since(ctx, t, l, last); err != nil {
			if ctx.Err() != nil {
				return nil
			}
			return err
		}
	}
}

// since reads what has come after an entry. An order is read anew: what is told of a payment may be a step of it.
func (a *app) since(ctx context.Context, t *till.Till, l *life, last domain.Seq) ([]domain.Entry, error) {
	if l == nil {
		return t.Store.Entries(ctx, "", last, 0, 0)
	}
	var err error
	if l.order, err = orderOf(ctx, t, l.stream); err != nil {
		return nil, err
	}
	all, err := t.Store.Entries(ctx, l.stream, last, 0, 0)
	var told []domain.Entry
	for _, e := range all {
		if l.tells(e) {
			told = append(told, e)
		}
	}
	return told, err
}

// sayEntry prints one entry. Its columns are as wide as they mostly need to be: nobody knows what comes.
func (a *app) sayEntry(e domain.Entry) error {
	if a.json {
		return writeJSON(a.Out, entryOf(e))
	}
	return a.say(nil, func(p *page) {
		p.line("%6d  %s  %-8s  %-8s  %-19s  %-30s  %s", e.Seq, e.At.Format("2006-01-02 15:04:05"), actorOf(e), e.Source, e.Kind, e.Subject, e.Hash[:min(12, len(e.Hash))])
	})
}
