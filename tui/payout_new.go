package tui

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// payoutForm asks for a new payout. The account's number is shown as far as it may be seen.
type payoutForm struct {
	desk          *Desk
	width, height int

	form  *form
	typed *struct{ amount, currency, name, customer, iban, reference string } // on the heap: the fields write into it
	in    till.Intent
	busy  bool
	over  func() // it was asked for: nothing is kept of it
}

func newPayoutForm(d *Desk, over func()) *payoutForm {
	s := &payoutForm{desk: d, over: over, in: till.Intent{Key: d.Till.Env.NewID("key_")}}
	s.typed = &struct{ amount, currency, name, customer, iban, reference string }{currency: string(d.Till.Currency)}
	s.compose(nil)
	return s
}

// compose makes the fields; one that chooses among the customers, where there are any.
func (s *payoutForm) compose(customers []option) {
	d, t := s.desk, s.typed
	currency := newText(d, "currency", "currency", true, &t.currency)
	currency.CharLimit(3)
	currency.tidy = strings.ToUpper
	currency.Validate(func(text string) error {
		_, err := domain.ParseCurrency(text)
		return err
	})
	amount := newAmountField(d, "amount", "amount *", s.currency, &t.amount)
	name := newText(d, "name", "name", false, &t.name)
	name.like("whom it goes to")
	name.Validate(noScan)
	fields := []field{amount, currency, name}
	if len(customers) > 0 {
		fields = append(fields, newChoice(d, "customer", "or a customer", append([]option{{"", "none"}}, customers...), &t.customer))
	}
	s.form = newForm(d, append(fields, newIBAN(d, false, &t.iban), newText(d, "reference", "reference", false, &t.reference))...)
	s.Resize(s.width, s.height)
}

// currency is the one that was typed, and the till's while that is none.
func (s *payoutForm) currency() domain.Currency {
	c, err := domain.ParseCurrency(s.typed.currency)
	if err != nil {
		return s.desk.Till.Currency
	}
	return c
}

// Init looks who is known. What has been typed meanwhile stays.
func (s *payoutForm) Init() tea.Cmd {
	return asking(s.desk, func(ctx context.Context, t *till.Till) ([]domain.Customer, error) {
		return t.Store.Customers(ctx, "", 0)
	}, func(all []domain.Customer, err error) tea.Cmd {
		if err != nil {
			s.desk.Fail(err)
			return nil
		}
		var known []option
		for _, c := range all {
			if !c.Forgotten && c.Client.Name() != "" {
				known = append(known, option{string(c.ID), joined([]string{c.Client.Name(), c.Client.Email})})
			}
		}
		here := s.form.here().name()
		s.compose(known)
		s.form.to(here)
		return nil
	})
}

func (s *payoutForm) Title() string { return "new payout" }
func (s *payoutForm) Typing() bool  { return true }

// Resize fits the fields.
func (s *payoutForm) Resize(width, height int) {
	s.width, s.height = width, height
	s.form.resize(min(width-2*margin, formColumns))
}

// formColumns is how wide a form gets.
const formColumns = 76

var payoutFormKeys = struct{ create key.Binding }{
	create: key.NewBinding(key.WithKeys("f9", "ctrl+s"), key.WithHelp("F9", "create")),
}

// Keys are what counts here.
func (s *payoutForm) Keys() []key.Binding {
	k := payoutFormKeys
	k.create.SetEnabled(!s.busy)
	return []key.Binding{formKeys.next, formKeys.back, k.create}
}

// Update answers keys.
func (s *payoutForm) Update(msg tea.Msg) tea.Cmd {
	switch msg := msg.(type) {
	case tea.PasteMsg:
		if !s.busy {
			s.form.paste(msg.Content)
		}
	case tea.KeyPressMsg:
		switch {
		case s.busy:
		case key.Matches(msg, payoutFormKeys.create):
			if s.form.submit() {
				return s.create()
			}
		case s.form.press(msg):
			return s.create()
		}
	}
	return nil
}

// create tells the provider of it; nothing is sent before it is confirmed, so nothing is asked here.
func (s *payoutForm) create() tea.Cmd {
	currency := s.currency()
	amount, err := currency.Parse(s.typed.amount)
	if err != nil {
		s.desk.Fail(err)
		return nil
	}
	in, wish := s.in, till.Paying{
		Amount: amount, Currency: currency, Name: s.typed.name, Customer: domain.CustomerID(s.typed.customer),
		IBAN: readIBAN(s.typed.iban), Reference: s.typed.reference,
	}
	s.busy = true
	s.desk.Busy(+1)
	return asking(s.desk, func(ctx context.Context, t *till.Till) (*domain.Payout, error) {
		return t.CreatePayout(ctx, in, wish)
	}, s.created)
}

// created goes to the payout; one that was refused before there was any says so under its field.
func (s *payoutForm) created(p *domain.Payout, err error) tea.Cmd {
	s.busy = false
	s.desk.Busy(-1)
	if p == nil {
		if !s.desk.top(s) || !s.form.refuse(err) {
			s.desk.Fail(err)
		}
		return nil
	}
	s.typed.iban = ""
	s.over()
	here := s.desk.top(s)
	if err != nil {
		s.desk.Fail(err)
	} else {
		s.desk.Say("payout %s: %s", p.HumanID, badgeOf("payout", p.State).word)
	}
	if !here {
		s.desk.drop(s)
		return nil
	}
	return s.desk.swap(s, newPayout(s.desk, p.ID))
}

// View shows the fields.
func (s *payoutForm) View() string {
	st := s.desk.Styles
	if s.width < 1 {
		return ""
	}
	columns := min(s.width-2*margin, formColumns)
	note := "the bank is told whom the money is to go to. it sends nothing before you confirm it; a name and an account can come later."
	if s.busy {
		note = "◧ the bank is told …"
	}
	note = wrapped(note, columns)
	page := s.form.View(columns, s.height-5-strings.Count(note, "\n"))
	return indent("\n"+st.Strong.Render("who is to get money?")+"\n\n"+page+"\n\n"+st.Faint.Render(note), margin)
}
