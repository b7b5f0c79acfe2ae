package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

type customerObject struct {
	Type      string            `json:"type"`
	ID        domain.CustomerID `json:"id"`
	Client    clientObject      `json:"client"`
	Address   addressObject     `json:"billing_address"`
	Notes     string            `json:"notes"`
	Sources   []sourceObject    `json:"sources"`
	Default   string            `json:"default_source"`
	CreatedAt stamp             `json:"created_at"`
	Forgotten bool              `json:"forgotten"`
	Version   int64             `json:"version"`
	Orders    []domain.OrderID  `json:"orders,omitempty"`   // of forget: in which they were forgotten
	Evidence  int               `json:"evidence,omitempty"` // of forget: how many documents of those are empty now
	Warnings  map[string]string `json:"warnings,omitempty"`
}

// personFlags are what a customer tells of themselves, by the names of the gateway's documents.
var personFlags = []fieldFlag{
	{"email", "email", "their e-mail `address`"},
	{"phone", "phone", "their phone `number`"},
	{"first-name", "first_name", "their first `name`"},
	{"last-name", "last_name", "their last `name`"},
	{"legal-name", "legal_name", "the `name` of their firm"},
	{"address-1", "address_1", "the first `line` of their address"},
	{"address-2", "address_2", "the second `line` of their address"},
	{"city", "city", "the `place` where they live"},
	{"postcode", "postcode", "its postal `code`"},
	{"area", "country_area", "its state or `province`"},
	{"country", "country_code", "its country: `ISO` 3166, two letters"},
	{"notes", "notes", "a `text` for the record"},
}

func (a *app) customers() *cobra.Command {
	return a.group("customer", "who comes back: keep them, change them, forget them",
		a.customerList(), a.customerShow(), a.customerAdd(), a.customerUpdate(), a.customerForget(),
	)
}

// person adds the flags that tell of a person; what was given comes back by its field.
func person(cmd *cobra.Command) func() map[string]string {
	f := cmd.Flags()
	for _, p := range personFlags {
		f.String(p.flag, "", p.usage)
	}
	return func() map[string]string {
		told := map[string]string{}
		for _, p := range personFlags {
			if f.Changed(p.flag) {
				told[p.field] = f.Lookup(p.flag).Value.String()
			}
		}
		return told
	}
}

func (a *app) customerAdd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "add", Short: "keep a new customer", Args: takes(),
		Example: "till customer add --email ann@b.example --first-name Ann --last-name Lee",
	}
	told := person(cmd)
	cmd.RunE = a.changes(func(ctx context.Context, t *till.Till, _ []string) error {
		var who domain.Person
		for name, value := range told() {
			*who.Field(name) = value
		}
		c, err := t.AddCustomer(ctx, a.intent(), who)
		return a.sayCustomer(ctx, t, c, nil, err)
	})
	return cmd
}

func (a *app) customerUpdate() *cobra.Command {
	cmd := &cobra.Command{Use: "update CUSTOMER", Short: "change what a customer told; what is not named stays", Args: takes("CUSTOMER")}
	told := person(cmd)
	cmd.RunE = a.changes(func(ctx context.Context, t *till.Till, args []string) error {
		if len(told()) == 0 {
			return domain.Errorf(domain.CodeUsage, "nothing is to be changed").WithHint("see: %s --help", cmd.CommandPath())
		}
		found, err := t.Resolve(ctx, "customer", args[0])
		if err != nil {
			return err
		}
		c, err := t.UpdateCustomer(ctx, a.intent(), domain.CustomerID(found.ID), told())
		return a.sayCustomer(ctx, t, c, nil, err)
	})
	return cmd
}

func (a *app) customerShow() *cobra.Command {
	return &cobra.Command{
		Use: "show CUSTOMER", Short: "show a customer, by id or e-mail address", Args: takes("CUSTOMER"),
		RunE: a.reads(func(ctx context.Context, t *till.Till, args []string) error {
			c, err := t.Customer(ctx, args[0])
			return a.sayCustomer(ctx, t, c, nil, err)
		}),
	}
}

// customerForget has a customer, the client of an order or the recipient of a payout forgotten: whichever the name means.
func (a *app) customerForget() *cobra.Command {
	return &cobra.Command{
		Use: "forget CUSTOMER|ORDER|PAYOUT", Short: "empty what a customer, the client of an order or the recipient of a payout told", Args: takes("CUSTOMER|ORDER|PAYOUT"),
		Long: "What a customer told is emptied for good, also in the orders that they paid or that have their e-mail address, " +
			"in the payouts to them, and so is the evidence of those orders' disputes. What was sent to a gateway for them is shown no " +
			"more. Amounts stay as they are, and so do the shop's own words: references, and what was sold. With an order or a payout " +
			"only what was told there is emptied, and the evidence of its disputes.",
		RunE: a.changes(func(ctx context.Context, t *till.Till, args []string) error {
			found, err := t.Resolve(ctx, "customer", args[0])
			if err == nil {
				c, orders, err := t.Forget(ctx, a.intent(), domain.CustomerID(found.ID))
				return a.tellIndelible(a.sayCustomer(ctx, t, c, orders, err), func() ([]domain.Seq, error) { return t.IndelibleOf(ctx, c, orders) })
			}
			if domain.CodeOf(err) != domain.CodeNotFound {
				return err
			}
			if found, err = t.Resolve(ctx, "order", args[0]); err == nil {
				o, err := t.ForgetClient(ctx, a.intent(), found.Order)
				return a.tellIndelible(a.sayOrder(t, o, err), func() ([]domain.Seq, error) { return t.Indelible(ctx, string(found.Order)) })
			}
			if found, err = t.Resolve(ctx, "payout", args[0]); err == nil {
				p, err := t.ForgetRecipient(ctx, a.intent(), domain.PayoutID(found.ID))
				return a.tellIndelible(a.sayPayout(p, err), func() ([]domain.Seq, error) { return t.Indelible(ctx, found.ID) })
			}
			return domain.Errorf(domain.CodeOf(err), "there is no customer, no order and no payout %q", domain.Inert(args[0]))
		}),
	}
}

// tellIndelible says, once somebody was forgotten, which entries keep what was told in themselves: that cannot be.
func (a *app) tellIndelible(failed error, indelible func() ([]domain.Seq, error)) error {
	if failed != nil {
		return failed
	}
	entries, err := indelible()
	if len(entries) > 0 {
		a.settings.Tell(fmt.Sprintf("not reached, as an older till wrote it into the journal, which cannot be changed: what was told in the entries %s",
			strings.Trim(fmt.Sprint(entries), "[]")))
	}
	return err
}

func (a *app) customerList() *cobra.Command {
	return &cobra.Command{
		Use: "list [TEXT]", Short: "list customers, those of the newest orders first; TEXT begins a name or an e-mail address, or is in the phone number", Args: takesAlso("TEXT"),
		RunE: a.reads(func(ctx context.Context, t *till.Till, args []string) error {
			text := ""
			if len(args) > 0 {
				text = args[0]
			}
			customers, err := t.Store.Customers(ctx, text, 0)
			if err != nil {
				return err
			}
			items := make([]customerObject, len(customers))
			for i, c := range customers {
				sources, err := t.Store.Sources(ctx, c.ID)
				if err != nil {
					return err
				}
				items[i] = customerOf(&c, sources)
			}
			return a.say(listOf(items, ""), func(p *page) { showCustomers(p, customers) })
		}),
	}
}

// sayCustomer prints a customer as they are after a command, with their sources.
func (a *app) sayCustomer(ctx context.Context, t *till.Till, c *domain.Customer, orders []domain.OrderID, err error) error {
	if c == nil {
		return err
	}
	sources, unread := t.Store.Sources(ctx, c.ID)
	if unread != nil {
		return unread
	}
	object := customerOf(c, sources)
	object.Orders = orders
	if object.Evidence, unread = emptied(ctx, t, orders); unread != nil {
		return unread
	}
	if failed := a.say(object, func(p *page) { showCustomer(p, c, sources, object) }); failed != nil {
		return failed
	}
	return err
}

func customerOf(c *domain.Customer, sources []domain.KeptSource) customerObject {
	return customerObject{
		Type: "customer", ID: c.ID, Client: clientOf(c.Client), Address: shownAddress(c.Client.Address), Notes: c.Client.Notes,
		Sources: sourceObjects(sources), Default: c.Default, CreatedAt: stamp(c.CreatedAt), Forgotten: c.Forgotten, Version: c.Version,
		Warnings: domain.AddressWarnings(c.Client.Address),
	}
}

func showCustomers(p *page, customers []domain.Customer) {
	rows := make([][]string, len(customers))
	for i, c := range customers {
		rows[i] = []string{string(c.ID), nameOf(&c), c.Client.Email, c.Client.Phone, when(c.CreatedAt)}
	}
	if len(rows) == 0 {
		p.line("no customers")
	}
	p.table("", "lllll", rows)
}

func nameOf(c *domain.Customer) string {
	if c.Forgotten {
		return "forgotten"
	}
	return c.Client.Name()
}

// emptied counts the documents of evidence that were forgotten with somebody.
func emptied(ctx context.Context, t *till.Till, orders []domain.OrderID) (count int, err error) {
	for _, id := range orders {
		o, err := t.Store.Order(ctx, id)
		if err != nil {
			return 0, err
		}
		count += len(o.Papers())
	}
	return count, nil
}

func showCustomer(p *page, c *domain.Customer, sources []domain.KeptSource, told customerObject) {
	p.line("customer %s · %s", c.ID, nameOf(c))
	if len(told.Orders) > 0 {
		p.line("forgotten in %d orders too, with %d documents of evidence", len(told.Orders), told.Evidence)
	}
	p.line("")
	client, home := c.Client, c.Client.Address
	p.facts("  ",
		[2]string{"legal name", client.LegalName}, [2]string{"e-mail", client.Email}, [2]string{"phone", client.Phone},
		[2]string{"address", joined(home.Line1, home.Line2, strings.TrimSpace(home.Postcode+" "+home.City), home.Area, home.Country)},
		[2]string{"notes", client.Notes}, [2]string{"since", when(c.CreatedAt)}, [2]string{"version", fmt.Sprint(c.Version)},
	)
	if len(sources) > 0 {
		p.line("")
		showSources(p, "  ", sources)
	}
	for field, sentence := range byName(domain.AddressWarnings(c.Client.Address)) {
		p.line("note: %s %s", field, sentence)
	}
}

// joined puts commas between texts that are not empty.
func joined(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(s string) bool { return s == "" }), ", ")
}
