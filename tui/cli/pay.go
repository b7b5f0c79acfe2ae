package cli

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

// paying is the flags of pay beside those of its source.
type paying struct {
	sourcing
	tendered               string
	amount, capture, date  string
	metadata               []string
	variant                string
	reference, description string
	partial, save          bool
	threeDS, without       bool
	retries                int
}

func (a *app) pay() *cobra.Command {
	var p paying
	cmd := &cobra.Command{
		Use: "pay ORDER... SOURCE", Short: "pay an order, or several in one",
		Long: "The SOURCE is one of --card, --token, --source, --customer, --method, --tender and --source-json. Without one an " +
			"opened payment goes on with what was chosen for it. Several orders are paid in one: all of them or none.",
		Example: "till pay 12 --card 4242424242424242 --expiry 12/34 --cvv 100\ntill pay 12 --tender cash --tendered 20\n" +
			"till pay 12 --method ideal --bic INGBNL2A\ntill pay 12 13 --source src_01J --capture manual",
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 0 {
				return nil
			}
			return domain.Errorf(domain.CodeUsage, "%s takes ORDER...", cmd.CommandPath()).WithHint("see: %s --help", cmd.CommandPath())
		},
	}
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if err := checkSource(cmd); err != nil {
			return err
		}
		return a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			return a.payOrders(ctx, t, args, p)
		})(cmd, args)
	}
	p.sourceFlags(cmd)
	f := cmd.Flags()
	f.StringVar(&p.tendered, "tendered", "", "how much cash was handed over")
	f.StringVar(&p.amount, "amount", "", "a part of what is due; 0 only checks the source")
	f.StringVar(&p.capture, "capture", "", "auto, manual or multiple")
	f.StringVar(&p.variant, "variant", "", "which of the configured ways to a gateway")
	f.BoolVar(&p.threeDS, "3ds", false, "the customer is to be authenticated")
	f.BoolVar(&p.without, "attempt-n3d", false, "go on without 3DS where it is not possible")
	f.BoolVar(&p.partial, "partial", false, "take a part where the bank approves only that")
	f.IntVar(&p.retries, "retries", 0, "how often a soft decline is tried again by the clock")
	f.StringVar(&p.date, "date", "", "send it at this `time`; needs a card or a saved source")
	f.BoolVar(&p.save, "save", false, "the source is wanted again")
	f.StringVar(&p.reference, "reference", "", "your own name for the payment")
	f.StringVar(&p.description, "description", "", "what it is for, in your own words")
	f.StringArrayVar(&p.metadata, "metadata", nil, "`k=v` that is kept with the payment; can be given several times")
	return cmd
}

// payOrders pays one order, or several in one payment.
func (a *app) payOrders(ctx context.Context, t *till.Till, refs []string, p paying) error {
	orders := make([]*domain.Order, len(refs))
	ids := make([]domain.OrderID, len(refs))
	for i, ref := range refs {
		o, err := t.Order(ctx, ref)
		if err != nil {
			return err
		}
		orders[i], ids[i] = o, o.ID
	}
	wish, err := p.payable(orders[0])
	if err != nil {
		return err
	}
	if p.sourceless() && (p.bic != "" || len(p.fields) > 0) {
		opened := orders[0].Unsent()
		if opened == nil || opened.Method == "" {
			return domain.Errorf(domain.CodeUsage, "--bic and --field go with --method").
				WithHint("or with the method of a payment that was opened: till payment update PAYMENT --method NAME")
		}
		p.method = opened.Method
	}
	if err := a.source(ctx, t, p.sourcing, &wish); err != nil {
		return err
	}
	if len(orders) == 1 {
		wish.Order = ids[0]
		res, err := t.Pay(ctx, a.intent(), wish)
		return a.sayPayment(t, res, err)
	}
	group, results, err := t.PayGroup(ctx, a.intent(), ids, wish)
	return a.sayGroup(t, group, results, err)
}

// payable is what the flags wish for beside the source; all that cannot be read is named at once.
func (p paying) payable(o *domain.Order) (till.Payable, error) {
	wrong := problems{}
	wish := till.Payable{
		Variant: p.variant, Reference: p.reference, Description: p.description, Capture: domain.CaptureMode(p.capture),
		Partial: p.partial, ThreeDS: p.threeDS, WithoutThreeDS: p.without, Retries: p.retries, Save: p.save,
		Date: wrong.time("date", p.date), Metadata: pairs(p.metadata, "metadata", wrong),
	}
	if p.capture != "" {
		wrong.add(oneOf("capture", p.capture, []string{"auto", "manual", "multiple"}))
	}
	var err error
	if p.amount != "" {
		wish.Amount, err = o.Cart.Currency.Parse(p.amount)
		wish.Verify = err == nil && wish.Amount == 0
		if err != nil {
			wrong.say("amount", err.Error())
		}
	}
	wish.Tendered, err = amount(o.Cart.Currency, "tendered", p.tendered)
	wrong.add(err)
	return wish, domain.Invalid("the command", wrong)
}

// pairs makes a JSON object of k=v; nil where there are none.
func pairs(given []string, name string, wrong problems) json.RawMessage {
	values := keyed(given, name, wrong)
	if len(values) == 0 {
		return nil
	}
	text, err := json.Marshal(values)
	if err != nil {
		wrong.say(name, "cannot be kept")
	}
	return text
}

// keyed reads k=v, each k once.
func keyed(given []string, name string, wrong problems) map[string]string {
	values := map[string]string{}
	for _, pair := range given {
		key, value, found := strings.Cut(pair, "=")
		if key = strings.TrimSpace(key); !found || key == "" {
			wrong.say(name, "must be k=v")
			continue
		}
		if _, twice := values[key]; twice {
			wrong.say(name, "names "+shortened(safe(key))+" twice")
		}
		values[key] = value
	}
	return values
}

// sayPayment prints a payment as it is after a command, also beside a refusal of the provider.
func (a *app) sayPayment(t *till.Till, res till.Result, err error) error {
	return a.sayPaymentAt(t, res, err, 0)
}

// sayPaymentAt prints a payment as it is or (at above 0, by the till of that time) as it was.
func (a *app) sayPaymentAt(t *till.Till, res till.Result, err error, at int64) error {
	o, p := res.Order, res.Payment
	if o == nil {
		return err
	}
	if p == nil {
		return a.sayOrder(t, o, err)
	}
	object := paymentOf(t, o, p)
	object.Lens = a.lensOf(t, ofPayment(o, p))
	failed := a.say(object, func(out *page) {
		showPast(out, t, at)
		showPayment(out, t, o, p)
		showLens(out, object.Lens)
	})
	if failed != nil {
		return failed
	}
	return err
}

// groupObject is one payment for several orders.
type groupObject struct {
	Group domain.GroupID  `json:"group"`
	Items []paymentObject `json:"items"`
}

func (a *app) sayGroup(t *till.Till, group domain.GroupID, results []till.Result, err error) error {
	if len(results) == 0 {
		return err
	}
	object := groupObject{Group: group, Items: make([]paymentObject, len(results))}
	for i, r := range results {
		object.Items[i] = paymentOf(t, r.Order, r.Payment)
	}
	failed := a.say(object, func(p *page) {
		p.line("group %s · %d orders in one payment", group, len(results))
		for _, r := range results {
			p.line("")
			showPayment(p, t, r.Order, r.Payment)
		}
	})
	if failed != nil {
		return failed
	}
	return err
}
