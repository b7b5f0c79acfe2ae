package cli

import (
	"context"
	"fmt"
	"io"
	"iter"
	"strings"

	"till/domain"
	"till/domain/story"
	"till/domain/till"
)

// exportMermaid draws who told whom in one life, with what moved by it.
func exportMermaid(ctx context.Context, t *till.Till, w io.Writer, l *life, entries iter.Seq2[domain.Entry, error]) error {
	steps, err := stepsOf(ctx, t, l)
	if err != nil {
		return err
	}
	var talk strings.Builder
	heard := map[story.Party]bool{story.Till: true}
	for e, err := range entries {
		if err != nil {
			return err
		}
		for _, m := range story.Messages(e, l.order) {
			heard[m.From], heard[m.To] = true, true
			fmt.Fprintf(&talk, "    %s%s%s: %d %s\n", m.From, arrowOf(m), m.To, e.Seq, mermaidText(m.Text))
		}
		for _, s := range movesOf(steps, e.Seq) {
			fmt.Fprintf(&talk, "    Note over till: %s %s\n", s.Machine, mermaidText(s.To.Words()))
		}
	}
	var b strings.Builder
	b.WriteString("sequenceDiagram\n")
	for _, p := range story.Parties() {
		if heard[p] {
			fmt.Fprintf(&b, "    %s\n", participants[p])
		}
	}
	_, err = io.WriteString(w, b.String()+talk.String())
	return err
}

// participants are how the parties are drawn.
var participants = map[story.Party]string{
	story.Clerk: "actor clerk", story.Customer: "actor customer", story.Till: "participant till",
	story.Provider: "participant provider", story.Bank: "participant bank as customer's bank",
}

func arrowOf(m story.Message) string {
	switch {
	case m.Lost:
		return "--x"
	case m.From == story.Provider || m.From == story.Bank:
		return "-->>"
	}
	return "->>"
}

// mermaidSigns are those that end a line of Mermaid, begin a comment, a command or a formula, or are HTML, as entities
// that Mermaid shows as the sign. A colon with no blank behind it would have Mermaid take an entity's end away.
var mermaidSigns = strings.NewReplacer(
	": ", ": ", ":", "#58;", "#", "#35;", ";", "#59;", "<", "#lt;", ">", "#gt;", "&", "#amp;", "%", "#37;", "$$", "#36;#36;", `"`, "#quot;",
)

func mermaidText(text string) string { return mermaidSigns.Replace(domain.Inert(text)) }

// exportMarkdown tells a life as a story, or (nil) the journal as a plain table.
func exportMarkdown(ctx context.Context, t *till.Till, w io.Writer, l *life, entries iter.Seq2[domain.Entry, error]) error {
	if l == nil {
		return exportTable(ctx, t, w, entries)
	}
	steps, err := stepsOf(ctx, t, l)
	if err != nil {
		return err
	}
	lines := []string{"# " + markdownText(titleOf(l)), "", "| time | who | what happened | why |", "| --- | --- | --- | --- |"}
	for e, err := range entries {
		if err != nil {
			return err
		}
		var whys []string
		for _, s := range movesOf(steps, e.Seq) {
			whys = append(whys, fmt.Sprintf("%s → %s: %s", s.Machine, s.To.Words(), s.Why))
		}
		lines = append(lines, tableLine(e.At.Format("2006-01-02 15:04:05"), story.By(e), story.Of(e, l.order), strings.Join(whys, "\n")))
	}
	_, err = io.WriteString(w, strings.Join(lines, "\n")+"\n")
	return err
}

// exportTable folds the order of an entry for the words of its sentence: the last one is kept, as entries of one order
// mostly stand together.
func exportTable(ctx context.Context, t *till.Till, w io.Writer, entries iter.Seq2[domain.Entry, error]) error {
	head := []string{"# The journal", "", "| entry | time | who | whose | what happened |", "| --- | --- | --- | --- | --- |"}
	if _, err := io.WriteString(w, strings.Join(head, "\n")+"\n"); err != nil {
		return err
	}
	var o *domain.Order
	for e, err := range entries {
		if err != nil {
			return err
		}
		if o == nil || string(o.ID) != e.Stream {
			if o, err = orderOf(ctx, t, e.Stream); err != nil {
				return err
			}
		}
		whose := e.Stream
		if o != nil {
			whose = "order " + orDash(o.Number)
		}
		line := tableLine(fmt.Sprint(e.Seq), e.At.Format("2006-01-02 15:04:05"), story.By(e), whose, story.Of(e, o))
		if _, err := io.WriteString(w, line+"\n"); err != nil {
			return err
		}
	}
	return nil
}

// orderOf is the order whose stream it is; nil for any other stream.
func orderOf(ctx context.Context, t *till.Till, stream string) (*domain.Order, error) {
	if !strings.HasPrefix(stream, "ord_") {
		return nil, nil
	}
	return t.Store.Order(ctx, domain.OrderID(stream))
}

// stepsOf are the arrows that the thing's whole life walked.
func stepsOf(ctx context.Context, t *till.Till, l *life) ([]domain.Step, error) {
	if l.order != nil {
		return l.order.Steps, nil
	}
	fold, known := smallFolds[l.kind]
	if !known {
		return nil, nil
	}
	entries, err := t.Store.Entries(ctx, l.stream, 0, 0, 0)
	if err != nil {
		return nil, err
	}
	_, steps, err := fold(entries)
	return steps, err
}

// movesOf are the arrows of an entry that led somewhere; calls are told by themselves.
func movesOf(steps []domain.Step, seq domain.Seq) []domain.Step {
	var moves []domain.Step
	for _, s := range steps {
		if s.Seq == seq && s.From != s.To && s.Machine != "operation" {
			moves = append(moves, s)
		}
	}
	return moves
}

// titleOf names what a story is about, and how it stands.
func titleOf(l *life) string {
	if l.order == nil {
		return l.kind + " " + l.id
	}
	order := "Order " + orDash(l.order.Number) + " · " + l.order.HumanID
	p := l.payment()
	switch {
	case l.kind == "order" || p == nil:
		return order + ": " + l.order.Label()
	case l.kind == "payment":
		return "Payment " + p.HumanID + ": " + p.State.Words() + " · " + order
	}
	return strings.ToUpper(l.kind[:1]) + l.kind[1:] + " " + l.id + " · " + order
}

// tableLine is a row of a table: its cells are text, in which a line end is a break.
func tableLine(cells ...string) string {
	for i, cell := range cells {
		parts := strings.Split(cell, "\n")
		for j, part := range parts {
			parts[j] = markdownText(part)
		}
		cells[i] = strings.Join(parts, "<br>")
	}
	return "| " + strings.Join(cells, " | ") + " |"
}

// markdownSigns are those that mean something to Markdown, and what makes a link by itself.
var markdownSigns = strings.NewReplacer(
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "{", `\{`, "}", `\}`, "[", `\[`, "]", `\]`, "<", `\<`, ">", `\>`, "#", `\#`,
	"|", `\|`, "!", `\!`, "~", `\~`, "&", `\&`, "://", `\://`, "www.", `www\.`,
)

func markdownText(text string) string { return markdownSigns.Replace(domain.Inert(text)) }
