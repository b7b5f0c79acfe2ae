package tui

import (
	"context"
	"strings"

	"charm.land/bubbles/v2/key"
	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// Whom a sale is for: somebody who is known, found by name, e-mail or phone, or somebody new.

// known is a customer, with the card of theirs that was saved last.
type known struct {
	domain.Customer
	card string
}

// customer opens the list of those who are known.
func (s *sale) customer() tea.Cmd {
	f := newFinder(s.desk, "customer", "name, e-mail or phone")
	f.verb = "take"
	f.none = "nobody is known yet. ctrl+n asks who it is, and keeps them for the next time."
	var all []known
	f.take = func(at int) tea.Cmd {
		s.desk.drop(f)
		return s.takeKnown(all[at])
	}
	pay := key.NewBinding(key.WithKeys("f9"), key.WithHelp("F9", "take and pay"))
	pay.SetEnabled(!s.basket.empty())
	none := key.NewBinding(key.WithKeys("ctrl+x"), key.WithHelp("ctrl+x", "no customer"))
	none.SetEnabled(s.basket.Client != (domain.Person{Notes: s.basket.Client.Notes}))
	f.also = []also{
		{key: key.NewBinding(key.WithKeys("ctrl+n"), key.WithHelp("ctrl+n", "new")), do: func(int) tea.Cmd { return s.newCustomer(f) }},
		{key: pay, needs: true, do: func(at int) tea.Cmd {
			cmd := f.take(at)
			return tea.Batch(cmd, s.pay())
		}},
		{key: key.NewBinding(key.WithKeys("ctrl+e"), key.WithHelp("ctrl+e", "change")), needs: true, do: func(at int) tea.Cmd {
			return s.editCustomer(f, all[at])
		}},
		{key: none, do: func(int) tea.Cmd {
			s.desk.drop(f)
			s.billing = nil
			return s.setClient("", domain.Person{})
		}},
	}
	var first []known
	show := func(found []known) tea.Cmd {
		all = found
		rows := make([]foundRow, len(all))
		for i, c := range all {
			rows[i] = c.row()
		}
		return f.found(rows)
	}
	var ask func(text string) tea.Cmd
	ask = func(text string) tea.Cmd {
		return asking(s.desk, knownAs(text), func(found knownPage, err error) tea.Cmd {
			s.desk.Fail(err)
			if text == "" {
				first, f.seek, f.restore = found.known, nil, nil
				if found.more {
					f.seek, f.restore = ask, func() { show(first) }
				}
			}
			switch typed := f.entry.Value(); {
			case f.seek == nil || typed == text:
				return show(found.known)
			case text == "":
				return ask(typed)
			}
			return nil // more was typed, and is asked for
		})
	}
	return tea.Batch(s.desk.Push(f), ask(""))
}

// knownPage are some of those who are known; there may be more.
type knownPage struct {
	known []known
	more  bool
}

// mostKnown is how many customers are asked for at once: whoever is not among them is found by what is typed.
const mostKnown = 100

// knownAs asks who is called a text, those of the newest orders first, with the card they saved last.
func knownAs(text string) func(context.Context, *till.Till) (knownPage, error) {
	return func(ctx context.Context, t *till.Till) (page knownPage, err error) {
		customers, err := t.Store.Customers(ctx, text, mostKnown)
		if err != nil {
			return page, err
		}
		page.more = len(customers) == mostKnown
		for _, c := range customers {
			if c.Forgotten || c.Client.Name() == "" {
				continue
			}
			one := known{Customer: c}
			if c.Default != "" {
				sources, err := t.Store.Sources(ctx, c.ID)
				if err != nil {
					return page, err
				}
				if len(sources) > 0 {
					one.card = sources[0].Source.String()
				}
			}
			page.known = append(page.known, one)
		}
		return page, nil
	}
}

func (c known) row() foundRow {
	p := c.Client
	more := []string{p.Email, p.Phone}
	if p.Name() == p.Email {
		more = more[1:]
	}
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, p.Phone)
	return foundRow{name: p.Name(), more: joined(more), end: c.card, words: p.FirstName + " " + p.LastName + " " + digits}
}

// takeKnown takes somebody who is known: the saved card is theirs then.
func (s *sale) takeKnown(c known) tea.Cmd {
	s.billing = nil
	return s.setClient(c.ID, c.Client)
}

// setClient says whom the sale is for. The note on the sale stays, whoever it is.
func (s *sale) setClient(id domain.CustomerID, p domain.Person) tea.Cmd {
	p.Notes = s.basket.Client.Notes
	if p == s.basket.Client && id == s.basket.Customer {
		return nil
	}
	s.basket.touch()
	s.basket.Customer, s.basket.Client = id, p
	if s.payment != nil { // what was kept of somebody else is not theirs
		s.payment = nil
	}
	return s.alter()
}

// newCustomer asks who it is. What was typed there before is still there; what was searched for is a beginning.
func (s *sale) newCustomer(f *finder) tea.Cmd {
	if s.billing == nil {
		begin := domain.Person{}
		if s.basket.Customer == "" {
			begin = s.basket.Client
			begin.Notes = ""
		}
		s.billing = newBilling(s.desk, begin, func(p domain.Person) tea.Cmd {
			s.desk.drop(f)
			return s.meet(p)
		})
		if typed := strings.TrimSpace(f.entry.Value()); begin == (domain.Person{}) && typed != "" {
			s.billing.begin(typed)
		}
	}
	return s.desk.Push(s.billing)
}

// meet takes somebody new for the sale, and keeps them for the next time.
func (s *sale) meet(p domain.Person) tea.Cmd {
	s.billing = nil
	took := s.setClient("", p)
	if p == (domain.Person{}) {
		return took
	}
	basket, in := s.basket, till.Intent{Key: s.desk.Till.Env.NewID("key_")}
	return tea.Batch(took, asking(s.desk, func(ctx context.Context, t *till.Till) (*domain.Customer, error) {
		return t.AddCustomer(ctx, in, p)
	}, func(c *domain.Customer, err error) tea.Cmd {
		if err != nil {
			s.desk.Fail(err)
			return nil
		}
		if s.basket != basket {
			return nil
		}
		basket.Customer = c.ID
		return s.keep()
	}))
}

// editCustomer changes what somebody told, and takes them for the sale.
func (s *sale) editCustomer(f *finder, c known) tea.Cmd {
	page := newBilling(s.desk, c.Client, func(p domain.Person) tea.Cmd {
		s.desk.drop(f)
		took := s.setClient(c.ID, p)
		told, in := differences(c.Client, p), till.Intent{Key: s.desk.Till.Env.NewID("key_")}
		if len(told) == 0 {
			return took
		}
		return tea.Batch(took, asking(s.desk, func(ctx context.Context, t *till.Till) (*domain.Customer, error) {
			return t.UpdateCustomer(ctx, in, c.ID, told)
		}, func(_ *domain.Customer, err error) tea.Cmd {
			s.desk.Fail(err)
			return nil
		}))
	})
	return s.desk.Push(page)
}

// differences are the fields of a person that are told anew.
func differences(before, after domain.Person) map[string]string {
	told := map[string]string{}
	for _, name := range []string{
		"email", "phone", "first_name", "last_name", "address_1", "address_2", "city", "postcode", "country_area", "country_code",
	} {
		if value := *after.Field(name); value != *before.Field(name) {
			told[name] = value
		}
	}
	return told
}
