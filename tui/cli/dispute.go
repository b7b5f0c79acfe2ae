package cli

import (
	"context"

	"github.com/spf13/cobra"

	"till/domain"
	"till/domain/till"
)

func (a *app) disputes() *cobra.Command {
	return a.group("dispute", "look at what customers' banks claim back, and answer it",
		a.disputeList(), a.disputeShow(),
		a.disputeMove("accept", "give in: the money stays with the customer", (*till.Till).AcceptDispute),
		a.disputeEvidence(), a.disputeDecline(),
		a.disputeMove("withdraw", "give up what we had taken further", (*till.Till).WithdrawDispute),
		a.disputeFile(),
	)
}

func (a *app) disputeShow() *cobra.Command {
	return a.withLens(&cobra.Command{
		Use: "show DISPUTE", Short: "show a dispute: what it is about, until when it can be answered, and how", Args: takes("DISPUTE"),
		RunE: a.reads(func(ctx context.Context, t *till.Till, args []string) error {
			res, err := t.Dispute(ctx, args[0])
			return a.sayDispute(t, res, err)
		}),
	})
}

// onDispute runs a command on a dispute that there is, and prints it as it is afterwards.
func (a *app) onDispute(do func(ctx context.Context, t *till.Till, id domain.DisputeID) (till.Result, error)) func(*cobra.Command, []string) error {
	return a.changes(func(ctx context.Context, t *till.Till, args []string) error {
		found, err := t.Dispute(ctx, args[0])
		if err != nil {
			return err
		}
		res, err := do(ctx, t, found.Dispute.ID)
		return a.sayDispute(t, res, err)
	})
}

func (a *app) disputeMove(use, short string, do func(*till.Till, context.Context, till.Intent, domain.DisputeID) (till.Result, error)) *cobra.Command {
	return &cobra.Command{
		Use: use + " DISPUTE", Short: short, Args: takes("DISPUTE"),
		RunE: a.onDispute(func(ctx context.Context, t *till.Till, id domain.DisputeID) (till.Result, error) {
			return do(t, ctx, a.intent(), id)
		}),
	}
}

func (a *app) disputeEvidence() *cobra.Command {
	var with evidence
	var submit bool
	cmd := &cobra.Command{
		Use: "evidence DISPUTE", Short: "add documents to a dispute's defence; with --submit send them, which can be done once", Args: takes("DISPUTE"),
		Example: "till dispute evidence dsp_01J --file slip.pdf --file parcel.jpg --text 'Signed for on the 3rd.'\ntill dispute evidence dsp_01J --submit",
	}
	cmd.RunE = a.onDispute(func(ctx context.Context, t *till.Till, id domain.DisputeID) (till.Result, error) {
		if with.empty() && !submit {
			return till.Result{}, domain.Errorf(domain.CodeUsage, "there is nothing to add").WithHint("name a --file, give a --text, or --submit what was added")
		}
		papers, err := a.read(with)
		if err != nil {
			return till.Result{}, err
		}
		if submit {
			return t.SubmitEvidence(ctx, a.intent(), id, papers)
		}
		return t.AddEvidence(ctx, a.intent(), id, papers)
	})
	with.flags(cmd)
	cmd.Flags().BoolVar(&submit, "submit", false, "send it, with all that was added before: there is no second time")
	return cmd
}

func (a *app) disputeDecline() *cobra.Command {
	var with evidence
	cmd := &cobra.Command{
		Use: "decline DISPUTE", Short: "refuse what the other side asks for, and stand by the case", Args: takes("DISPUTE"),
		RunE: a.onDispute(func(ctx context.Context, t *till.Till, id domain.DisputeID) (till.Result, error) {
			papers, err := a.read(with)
			if err != nil {
				return till.Result{}, err
			}
			return t.DeclineDispute(ctx, a.intent(), id, papers)
		}),
	}
	with.flags(cmd)
	return cmd
}

func (a *app) disputeFile() *cobra.Command {
	var stage string
	stages := []string{domain.StagePreArbitration, domain.StageArbitration, domain.StageGoodFaith}
	cmd := &cobra.Command{
		Use: "file DISPUTE --stage pre_arbitration|arbitration|good_faith", Short: "take a dispute further", Args: takes("DISPUTE"),
		RunE: a.onDispute(func(ctx context.Context, t *till.Till, id domain.DisputeID) (till.Result, error) {
			if err := oneOf("stage", snake(stage), stages); err != nil {
				return till.Result{}, err
			}
			return t.FileDispute(ctx, a.intent(), id, snake(stage))
		}),
	}
	cmd.Flags().StringVar(&stage, "stage", "", "where to: pre_arbitration, arbitration, or good_faith")
	return cmd
}

// sayDispute prints a dispute as it is after a command, also beside a refusal of the provider.
func (a *app) sayDispute(t *till.Till, res till.Result, err error) error {
	if res.Dispute == nil {
		return err
	}
	object := disputeOf(t, res.Order, res.Payment, res.Dispute)
	object.Lens = a.lensOf(t, domain.Subject{Order: res.Order, Payment: res.Payment, Dispute: res.Dispute})
	failed := a.say(object, func(p *page) {
		showDispute(p, t, res.Order, res.Payment, res.Dispute)
		showLens(p, object.Lens)
	})
	if failed != nil {
		return failed
	}
	return err
}
