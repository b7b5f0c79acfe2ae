package tui

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	tea "charm.land/bubbletea/v2"

	"till/domain"
	"till/domain/till"
)

// payoutDeed is something that can be done with a payout, and the sentence why it is not possible now; "" when it is.
type payoutDeed struct {
	key, action, title string

	ask     func(*payout) tea.Cmd
	refusal string
}

// atBank is the action that is none of the till's: what the other side makes of a payout.
const atBank = "bank"

var payoutDeeds = []payoutDeed{
	{key: "c", action: "confirm", title: "confirm", ask: (*payout).askConfirm},
	{key: "x", action: "cancel", title: "cancel", ask: (*payout).askCancel},
	{key: "s", action: "sync", title: "ask the provider", ask: (*payout).sync},
	{key: "b", action: atBank, title: "be the bank", ask: (*payout).askBank},
}

// duty is what the table of who may do what calls it.
func (d payoutDeed) duty() domain.Deed {
	if d.action == atBank {
		return domain.DeedSandbox
	}
	return domain.DeedPayout
}

// offers judges every deed by what the domain says of it.
func (s *payout) offers() []payoutDeed {
	if s.shown == nil {
		return nil
	}
	var all []payoutDeed
	refused := s.shown.Refused()
	for _, d := range payoutDeeds {
		if d.action == atBank && s.desk.Till.Bank == nil {
			continue
		}
		d.refusal = refused[d.action]
		switch {
		case s.running != "" && s.running == d.action:
			d.refusal = "running …"
		case s.running != "":
			d.refusal = "one thing at a time: " + s.running + " is running"
		case d.action == atBank && len(s.bankDoings()) == 0:
			d.refusal = "nothing comes after " + badgeOf("payout", s.shown.State).word
		}
		all = append(all, d)
	}
	return all
}

// bankDoing is what the other side can make of a payout.
type bankDoing struct {
	outcome string
	on      domain.Event
	note    string
}

var allBankDoings = []bankDoing{
	{"paid", domain.PayoutDone, "the recipient's bank has it"},
	{"failed", domain.PayoutRefused, "it is not delivered"},
	{"expired", domain.PayoutLapsed, "nobody collects it in time"},
	{"returned", domain.PayoutCameBack, "their bank sends it back"},
	{"needs_data", domain.PayoutLacksData, "another account is wanted"},
}

// bankDoings are those that the machine leads to from where the payout stands.
func (s *payout) bankDoings() []bankDoing {
	return slices.DeleteFunc(slices.Clone(allBankDoings), func(b bankDoing) bool { return s.leads(b.on) == "" })
}

// leads is the state to which an event moves the payout; "" where it moves it nowhere.
func (s *payout) leads(on domain.Event) domain.State {
	for t := range domain.PayoutMachine.From(s.shown.State) {
		if t.On == on && t.To != s.shown.State && !t.Late {
			return t.To
		}
	}
	return ""
}

// next gives the states that a key can lead to now.
func (s *payout) next() map[domain.State]string {
	next := map[domain.State]string{}
	lead := func(on domain.Event, key string) {
		if to := s.leads(on); to != "" && next[to] == "" {
			next[to] = key
		}
	}
	for _, o := range s.offers() {
		switch {
		case o.refusal != "":
		case o.action == "confirm":
			lead(domain.PayoutSent, o.key)
		case o.action == "cancel":
			lead(domain.PayoutStopped, o.key)
		case o.action == atBank:
			for _, b := range s.bankDoings() {
				lead(b.on, o.key)
			}
		}
	}
	return next
}

func (s *payout) intent() till.Intent { return till.Intent{Key: s.desk.Till.Env.NewID("key_")} }

func (s *payout) money() string { return s.shown.Currency.Display(s.shown.Amount) }

// account is where the money goes, as far as it may be seen.
func (s *payout) account() string {
	if s.shown.Account == "" {
		return "no account yet"
	}
	return "••" + Inert(s.shown.Account)
}

// lackSheet asks for what is missing of the recipient.
type lackSheet struct {
	sheet
	name, iban string
}

// askConfirm asks for what is missing first.
func (s *payout) askConfirm() tea.Cmd {
	missing := s.shown.Missing()
	if s.shown.NeedsOther() && !slices.Contains(missing, "iban") {
		missing = append(missing, "iban") // another one is wanted
	}
	if len(missing) == 0 {
		return s.askSend(till.Missing{})
	}
	if s.lacking == nil {
		f := &lackSheet{sheet: sheet{desk: s.desk}}
		var fields []field
		if slices.Contains(missing, "name") {
			fields = append(fields, newReason(s.desk, "name", "name", "Ann Lee", &f.name))
		}
		if slices.Contains(missing, "iban") {
			fields = append(fields, newIBAN(s.desk, true, &f.iban))
		}
		f.form = newForm(s.desk, fields...)
		f.send = func() tea.Cmd { return s.askSend(till.Missing{Name: f.name, IBAN: readIBAN(f.iban)}) }
		s.lacking = f
	}
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "who gets " + s.money() + "?" },
		Note:     cmp.Or(Inert(s.shown.Message), "the bank does not know where to send it") + ".",
		Sheet:    &s.lacking.sheet, Yes: "go on", No: "not now",
	})
}

// askSend asks once, with the amount: money that was sent cannot be called back.
func (s *payout) askSend(told till.Missing) tea.Cmd {
	in, to, account := s.intent(), cmp.Or(Inert(told.Name), paidTo(s.shown)), s.account()
	if told.IBAN.Given() {
		account = "••" + told.IBAN.Source().Last4
	}
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return fmt.Sprintf("send %s to %s?", s.money(), to) },
		Note:     "to " + account + ". once it is sent, it cannot be called back.",
		Money:    true, Yes: "send", No: "not now",
		Do: func(domain.Amount) tea.Cmd {
			return s.run("confirm", func(ctx context.Context, t *till.Till) (*domain.Payout, error) {
				return t.ConfirmPayout(ctx, in, s.id, told)
			})
		},
	})
}

func (s *payout) askCancel() tea.Cmd {
	in := s.intent()
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return fmt.Sprintf("cancel the payout of %s?", s.money()) },
		Note:     "no money has left. it cannot be confirmed afterwards.",
		Money:    true, Yes: "cancel it", No: "keep it",
		Do: func(domain.Amount) tea.Cmd {
			return s.run("cancel", func(ctx context.Context, t *till.Till) (*domain.Payout, error) {
				return t.CancelPayout(ctx, in, s.id)
			})
		},
	})
}

func (s *payout) sync() tea.Cmd {
	in := s.intent()
	return s.run("sync", func(ctx context.Context, t *till.Till) (*domain.Payout, error) {
		return t.SyncPayout(ctx, in, s.id)
	})
}

// askBank has the operator be the other side: only a till with a test gateway has one that listens.
func (s *payout) askBank() tea.Cmd {
	doings := s.bankDoings()
	names := make([]string, len(doings))
	for i, b := range doings {
		names[i] = b.outcome
	}
	keys, picks := keyed(names), make([]Pick, len(doings))
	for i, b := range doings {
		picks[i] = Pick{Key: keys[i], Label: domain.State(b.outcome).Words(), Note: b.note, Do: func() tea.Cmd { return s.atBank(b.outcome) }}
	}
	return s.desk.Ask(&Dialog{
		Question: func(domain.Amount) string { return "SANDBOX  what becomes of " + s.money() + "?" },
		Note:     "you are the bank now. the till hears of it by a notice.", No: "nothing yet", Picks: picks,
	})
}

func (s *payout) atBank(outcome string) tea.Cmd {
	return s.run(atBank, func(ctx context.Context, t *till.Till) (*domain.Payout, error) {
		if err := t.Bank.MovePayout(ctx, s.id, outcome); err != nil {
			return nil, err
		}
		if err := t.Listen(ctx); err != nil {
			return nil, err
		}
		return t.Payout(ctx, string(s.id))
	})
}

// run starts an action; until its message comes none can be started.
func (s *payout) run(action string, do func(context.Context, *till.Till) (*domain.Payout, error)) tea.Cmd {
	if s.running != "" {
		return nil
	}
	s.running = action
	s.desk.Busy(+1)
	return asking(s.desk, do, func(p *domain.Payout, err error) tea.Cmd {
		s.running = ""
		s.desk.Busy(-1)
		switch {
		case err != nil:
			s.desk.Fail(err)
		default:
			s.said(action, p)
		}
		return s.read()
	})
}

// said tells how an action ended.
func (s *payout) said(action string, p *domain.Payout) {
	if action == "confirm" {
		s.lacking = nil // the number of an account is kept no longer than it is needed
	}
	where := badgeOf("payout", p.State).word
	if !s.desk.top(s) {
		where = "payout " + p.HumanID + ": " + where
	}
	s.desk.Say("%s", joined([]string{where, p.Message}))
}
