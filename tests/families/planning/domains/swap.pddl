; conditions judged before any effect
(define (domain swap) (:requirements :conditional-effects :negative-preconditions)
  (:predicates (p ?x) (q ?x) (done))
  (:action swap :parameters (?x) :precondition (or (p ?x) (q ?x))
    :effect (and (when (p ?x) (and (q ?x) (not (p ?x)))) (when (q ?x) (and (p ?x) (not (q ?x))))))
  (:action chain :parameters (?x ?y) :precondition (not (done))
    :effect (and (when (p ?x) (p ?y)) (when (p ?y) (q ?x)) (done)))
  (:action again :parameters () :precondition (done) :effect (not (done)))
  (:action clash :parameters (?x) :precondition (and)
    :effect (and (not (q ?x)) (when (p ?x) (q ?x)) (when (not (p ?x)) (not (q ?x))))))

(define (problem swap-1) (:domain swap)
  (:objects a b c) (:init (p a) (q b) (p c) (q c))
  (:goal (and)))
