package cli

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// lensFlag is the name of a system whose words are wanted beside ours.
type lensFlag struct{ system *domain.System }

// String gives the name; empty where no words are wanted.
func (f lensFlag) String() string {
	if f.system == nil {
		return ""
	}
	return string(*f.system)
}

// Set takes one of the names.
func (f lensFlag) Set(name string) error {
	system, err := systemOf(name)
	if err == nil {
		*f.system = system
	}
	return err
}

// Type is what the help calls the value.
func (f lensFlag) Type() string { return "system" }

// systemOf is the system of that name.
func systemOf(name string) (domain.System, error) {
	names := make([]string, len(domain.Systems))
	for i, system := range domain.Systems {
		if names[i] = string(system); names[i] == name {
			return system, nil
		}
	}
	return "", fmt.Errorf("must be one of %s", strings.Join(names, ", "))
}

// withLens gives a command the flag --lens.
func (a *app) withLens(cmd *cobra.Command) *cobra.Command {
	cmd.Flags().Var(lensFlag{&a.lens}, "lens", "also in the words of django, payments-api, checkout, prism, gateway or stripe")
	return cmd
}

// lensObject is what a system calls what is shown, aspect by aspect; what it has no word for is not there.
type lensObject map[string]string

// lensed are the aspects that are told of a thing, in this order.
var lensed = []domain.Aspect{
	domain.OfPayment, domain.OfOrder, domain.OfRefund, domain.OfDisputeStage, domain.OfDispute, domain.OfThreeDS, domain.OfFraud,
	domain.OfMandate, domain.OfPayout,
}

// lensOf is what the system of --lens calls the parts of what is shown; nil where none is asked for.
func (a *app) lensOf(t *till.Till, s domain.Subject) lensObject {
	if a.lens == "" {
		return nil
	}
	s.Now = t.Env.Now()
	words := lensObject{"system": string(a.lens)}
	for _, of := range lensed {
		if word := domain.Word(a.lens, of, s); word != "" {
			words[string(of)] = word
		}
	}
	return words
}

// line is the words for people: django: payment preauth · order preauth. Empty where none are asked for.
func (l lensObject) line(aspects ...domain.Aspect) string {
	if l == nil {
		return ""
	}
	var words []string
	for _, of := range aspects {
		if word := l[string(of)]; word != "" {
			words = append(words, spoken(of)+" "+word)
		}
	}
	return l["system"] + ": " + orDash(strings.Join(words, " · "))
}

// listed is the line as far as it fits into a list.
func (l lensObject) listed() string {
	return l.line(domain.OfDispute, domain.OfPayment, domain.OfOrder, domain.OfMandate, domain.OfPayout)
}

// spoken is an aspect for people.
func spoken(of domain.Aspect) string { return strings.ReplaceAll(string(of), "_", " ") }

// showLens writes the words of a system below what is shown, where they are asked for.
func showLens(p *page, l lensObject) {
	if l != nil {
		p.line("")
		p.line("%s", l.line(lensed...))
	}
}

// ofOrder is an order with what counts of its money: the payment made last, its newest refund, and the case that the
// status tells of.
func ofOrder(o *domain.Order) domain.Subject {
	p := o.Last()
	if p == nil {
		return domain.Subject{Order: o}
	}
	s := ofPayment(o, p)
	if s.Dispute == nil {
		s.Dispute = o.OpenDispute()
	}
	return s
}

// ofPayment is a payment with its order, its newest refund and its newest case.
func ofPayment(o *domain.Order, p *domain.Payment) domain.Subject {
	s := domain.Subject{Order: o, Payment: p}
	if n := len(p.Refunds); n > 0 {
		s.Refund = p.Refunds[n-1]
	}
	if n := len(p.Disputes); n > 0 {
		s.Dispute = p.Disputes[n-1]
	}
	return s
}

func (a *app) lenses() *cobra.Command {
	var operations bool
	cmd := &cobra.Command{
		Use: "lens [SYSTEM]", Short: "what other systems call what till has",
		Long: "The statuses of django-payments, a payments API, Checkout.com, hyperswitch-prism, an order gateway and Stripe, and what each " +
			"means here. Where rows begin alike the first that fits is taken. --lens on the commands that show something has the words beside ours.",
		Example: "till lens prism\ntill lens --operations\ntill order show 1 --lens gateway",
	}
	cmd.RunE = a.plain(func(cmd *cobra.Command, args []string) error {
		systems := domain.Systems
		if len(args) > 1 {
			return takesAlso("SYSTEM")(cmd, args)
		}
		if len(args) == 1 {
			system, err := systemOf(args[0])
			if err != nil {
				return domain.Errorf(domain.CodeUsage, "SYSTEM %s", err)
			}
			systems = []domain.System{system}
		}
		if operations {
			return a.sayCrossings(systems)
		}
		return a.sayWordings(systems)
	})
	cmd.Flags().BoolVar(&operations, "operations", false, "by what each does what till does")
	return cmd
}

// wordingObject is a row of the table, as programs read it.
type wordingObject struct {
	System domain.System  `json:"system"`
	Of     domain.Aspect  `json:"of"`
	Theirs string         `json:"theirs"` // empty: it has no word, and the note says why
	Ours   string         `json:"ours"`
	States []domain.State `json:"states"` // empty: any
	Alias  bool           `json:"alias"`
	Note   string         `json:"note"`
}

func (a *app) sayWordings(systems []domain.System) error {
	var items []wordingObject
	for _, system := range systems {
		for _, w := range domain.Wordings(system) {
			items = append(items, wordingObject{w.System, w.Of, w.Theirs, w.Means(), orEmpty(w.Ours), w.Alias, w.Note})
		}
	}
	return a.say(listOf(items, ""), func(p *page) { showWordings(p, items) })
}

// showWordings lists rows, of which none is cut: a note is worth reading to its end.
func showWordings(p *page, items []wordingObject) {
	width := 0
	for _, w := range items {
		width = max(width, len(w.Theirs))
	}
	for i, w := range items {
		if i == 0 || items[i-1].System != w.System {
			p.line("%s", w.System)
		}
		note := w.Note
		if w.Alias {
			note = strings.TrimSuffix("read, not written: "+note, ": ")
		}
		if note != "" {
			note = " (" + note + ")"
		}
		p.line("  %-13s  %-*s  %s%s", spoken(w.Of), width, orDash(w.Theirs), w.Ours, note)
	}
}

// crossingObject is a row of the crosswalk; what a system cannot do is not there.
type crossingObject struct {
	Operation string                   `json:"operation"`
	Kinds     []domain.OperationKind   `json:"kinds"`
	Theirs    map[domain.System]string `json:"theirs"`
}

func (a *app) sayCrossings(systems []domain.System) error {
	var items []crossingObject
	for _, c := range domain.Crossings() {
		item := crossingObject{c.Name, orEmpty(c.Kinds), map[domain.System]string{}}
		for _, system := range systems {
			if c.Theirs[system] != "" {
				item.Theirs[system] = c.Theirs[system]
			}
		}
		items = append(items, item)
	}
	return a.say(listOf(items, ""), func(p *page) {
		for _, item := range items {
			p.line("%s", item.Operation)
			for _, system := range systems {
				p.line("  %-12s  %s", system, orDash(item.Theirs[system]))
			}
		}
	})
}
