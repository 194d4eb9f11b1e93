;; Sussman's anomaly with a fourth block in the way.
(define (problem four-blocks)
  (:domain blocksworld)
  (:objects a b c d)
  (:init (ontable a) (on c a) (on d c) (clear d) (ontable b) (clear b) (handempty))
  (:goal (and (on a b) (on b c))))
